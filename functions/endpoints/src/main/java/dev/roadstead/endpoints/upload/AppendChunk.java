package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;

/** {@code PATCH <location>} (end-5): adds a chunk that is short enough for a function. */
public final class AppendChunk implements Endpoint {
  private final UploadExchange uploads;

  /** Works on these uploads. */
  public AppendChunk(UploadExchange uploads) {
    this.uploads = uploads;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return uploads.append(UploadMessages.of(request));
  }
}
