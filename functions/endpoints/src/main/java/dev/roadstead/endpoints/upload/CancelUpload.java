package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;

/** {@code DELETE <location>} (end-14): ends an upload without a blob. */
public final class CancelUpload implements Endpoint {
  private final UploadExchange uploads;

  /** Works on these uploads. */
  public CancelUpload(UploadExchange uploads) {
    this.uploads = uploads;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return uploads.cancel(request.repository(), request.address().last());
  }
}
