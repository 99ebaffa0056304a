package dev.roadstead.endpoints.manifest;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Manifests;
import dev.roadstead.wire.Answer;

/** {@code HEAD /v2/<name>/manifests/<reference>} (end-3). */
public final class HeadManifest implements Endpoint {
  private final Manifests manifests;

  /** Looks among these manifests. */
  public HeadManifest(Manifests manifests) {
    this.manifests = manifests;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var manifest =
        manifests
            .find(request.repository(), request.reference())
            .orElseThrow(ErrorCode.MANIFEST_UNKNOWN::raise);
    return Answer.of(200)
        .with("Content-Length", manifest.sizeBytes())
        .with("Content-Type", manifest.mediaType())
        .with("Docker-Content-Digest", manifest.digest());
  }
}
