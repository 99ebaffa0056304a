package dev.roadstead.endpoints.manifest;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.Manifests;
import dev.roadstead.wire.Answer;

/**
 * {@code GET /v2/<name>/manifests/<reference>} (end-3): the bytes that were pushed, with the media
 * type they were pushed with, whatever the client says it accepts.
 */
public final class GetManifest implements Endpoint {
  private final Manifests manifests;

  /** Looks among these manifests. */
  public GetManifest(Manifests manifests) {
    this.manifests = manifests;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var manifest =
        manifests
            .read(request.repository(), request.reference())
            .orElseThrow(ErrorCode.MANIFEST_UNKNOWN::raise);
    return Answer.of(200)
        .withBody(manifest.info().mediaType().text(), manifest.bytes())
        .with("Docker-Content-Digest", manifest.info().digest())
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", "sandbox");
  }
}
