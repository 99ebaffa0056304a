package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;

/** {@code PUT <location>} (end-6): ends an upload, with a last chunk or without. */
public final class FinishUpload implements Endpoint {
  private final UploadExchange uploads;

  /** Works on these uploads. */
  public FinishUpload(UploadExchange uploads) {
    this.uploads = uploads;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return uploads.finish(UploadMessages.of(request));
  }
}
