package dev.roadstead.document;

import static dev.roadstead.document.ManifestTexts.DIGEST;
import static dev.roadstead.document.ManifestTexts.INDEX;
import static dev.roadstead.document.ManifestTexts.LARGEST;
import static dev.roadstead.document.ManifestTexts.LAYER;
import static dev.roadstead.document.ManifestTexts.MANIFEST;
import static dev.roadstead.document.ManifestTexts.OTHER_DIGEST;
import static dev.roadstead.document.ManifestTexts.descriptor;
import static dev.roadstead.document.ManifestTexts.isInvalid;
import static dev.roadstead.document.ManifestTexts.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Manifests are read for what the registry needs to know, and for nothing else. */
class ManifestReaderTest {
  @Test
  void readsWhatAnImageNames() {
    var document = read(MANIFEST);
    assertThat(document.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(document.blobs())
        .extracting(d -> d.digest().toString())
        .containsExactly(DIGEST, OTHER_DIGEST);
    assertThat(document.manifests()).isEmpty();
    assertThat(document.artifactType()).contains("application/vnd.oci.image.config.v1+json");
    assertThat(document.subject()).isEmpty();
  }

  @Test
  void readsWhatAnIndexNames() {
    var document = read(INDEX);
    assertThat(document.manifests()).extracting(d -> d.digest().toString()).containsExactly(DIGEST);
    assertThat(document.blobs()).isEmpty();
    assertThat(document.artifactType()).isEmpty();
  }

  @Test
  void readsSubjectArtifactTypeAndAnnotations() {
    var document =
        read(
            MANIFEST.replace(
                "\"config\"",
                "\"subject\":"
                    + LAYER
                    + ",\"artifactType\":\"a/b\",\"annotations\":{\"k\":\"v\"},\"config\""));
    assertThat(document.subject()).contains(Digest.parse(OTHER_DIGEST));
    assertThat(document.artifactType()).contains("a/b");
    assertThat(document.annotations()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void takesTheTypeFromTheRequestFromTheManifestOrFromItsShape() {
    var untyped = MANIFEST.replaceFirst("\"mediaType\":\"[^\"]*\",", "");
    var bytes = untyped.getBytes(StandardCharsets.UTF_8);
    var docker = MediaType.DOCKER_MANIFEST;
    assertThat(ManifestReader.read(Optional.of(docker.text()), bytes).mediaType())
        .isEqualTo(docker);
    assertThat(read(untyped).mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(read(INDEX.replaceFirst("\"mediaType\":\"[^\"]*\",", "")).mediaType())
        .isEqualTo(MediaType.OCI_INDEX);
    isInvalid(Optional.of(docker.text()), MANIFEST.getBytes(StandardCharsets.UTF_8));
    for (var type :
        List.of(
            "application/json",
            "no type",
            "",
            "a/b",
            "application/vnd.docker.distribution.manifest.v1+json")) {
      isInvalid(Optional.of(type), bytes);
    }
  }

  @Test
  void leavesAloneWhatItDoesNotKnow() {
    assertThat(
            read(MANIFEST.replace("\"config\"", "\"x\":[{\"y\":null},1.5,true],\"config\""))
                .blobs())
        .hasSize(2);
  }

  @Test
  void doesNotAskForLayersThatMayNotBeDistributed() {
    var foreign =
        descriptor("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", OTHER_DIGEST);
    assertThat(read(MANIFEST.replace(LAYER, foreign)).blobs()).hasSize(1);
  }

  @Test
  void readsFourMegabytesOfSense() {
    var layers = (LAYER + ",").repeat(LARGEST / LAYER.length() - 100) + LAYER;
    assertThat(read(MANIFEST.replace(LAYER, layers)).blobs()).hasSizeGreaterThan(25_000);
  }
}
