package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;

/** {@code GET <location>} (end-13): how far an upload has come. */
public final class UploadStatus implements Endpoint {
  private final UploadExchange uploads;

  /** Works on these uploads. */
  public UploadStatus(UploadExchange uploads) {
    this.uploads = uploads;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return uploads.status(request.repository(), request.address().last());
  }
}
