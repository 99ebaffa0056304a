package dev.roadstead.endpoints.blob;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Blobs;
import dev.roadstead.wire.Answer;

/**
 * {@code HEAD /v2/<name>/blobs/<digest>} (end-2), answered from metadata. Clients ask before they
 * push, so an idle blob gets a new lease.
 */
public final class HeadBlob implements Endpoint {
  private final Blobs blobs;

  /** Looks among these blobs. */
  public HeadBlob(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var digest = request.digest();
    var link =
        blobs.findForPush(request.repository(), digest).orElseThrow(ErrorCode.BLOB_UNKNOWN::raise);
    return Answer.of(200)
        .with("Content-Length", link.sizeBytes())
        .with("Content-Type", "application/octet-stream")
        .with("Docker-Content-Digest", digest)
        .with("Accept-Ranges", "bytes");
  }
}
