package dev.roadstead.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An image, an index, and what becomes of them when they are read. */
final class ManifestTexts {
  static final String DIGEST = "sha256:" + "ab".repeat(32);
  static final String OTHER_DIGEST = "sha256:" + "cd".repeat(32);
  static final String CONFIG = descriptor("application/vnd.oci.image.config.v1+json", DIGEST);
  static final String LAYER = descriptor("application/vnd.oci.image.layer.v1.tar", OTHER_DIGEST);
  static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
          + "\"config\":"
          + CONFIG
          + ",\"layers\":["
          + LAYER
          + "]}";
  static final String INDEX =
      "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
          + "\"manifests\":["
          + descriptor("application/vnd.oci.image.manifest.v1+json", DIGEST)
          + "]}";
  static final int LARGEST = 4 * 1024 * 1024;

  static String descriptor(String mediaType, String digest) {
    return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":7}";
  }

  private ManifestTexts() {}

  static ManifestDocument read(String json) {
    return ManifestReader.read(Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
  }

  static void isInvalid(String json) {
    isInvalid(Optional.empty(), json.getBytes(StandardCharsets.UTF_8));
  }

  static void isInvalid(Optional<String> contentType, byte[] bytes) {
    assertThat(refusal(contentType, bytes))
        .as(() -> new String(bytes, 0, Math.min(200, bytes.length), StandardCharsets.UTF_8))
        .isPresent();
  }

  /** Why it is refused, if it is; any other exception fails the test. */
  static Optional<String> refusal(Optional<String> contentType, byte[] bytes) {
    try {
      ManifestReader.read(contentType, bytes);
      return Optional.empty();
    } catch (RegistryException refusal) {
      assertThat(refusal.problems().getFirst().code().specCode()).isEqualTo("MANIFEST_INVALID");
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.problems().getFirst().message()).hasSizeBetween(10, 1000);
      return Optional.of(refusal.problems().getFirst().message());
    }
  }
}
