package dev.roadstead.endpoints.blob;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Blobs;
import dev.roadstead.wire.Answer;

/**
 * {@code GET /v2/<name>/blobs/<digest>} (end-2). No byte of a blob passes a function: the client is
 * sent to where they are.
 */
public final class GetBlob implements Endpoint {
  private final Blobs blobs;

  /** Looks among these blobs. */
  public GetBlob(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var digest = request.digest();
    var link = blobs.find(request.repository(), digest).orElseThrow(ErrorCode.BLOB_UNKNOWN::raise);
    return Answer.of(307)
        .with("Location", blobs.readAddress(link))
        .with("Docker-Content-Digest", digest)
        .with("Cache-Control", "private, no-store"); // the address expires, the bytes do not
  }
}
