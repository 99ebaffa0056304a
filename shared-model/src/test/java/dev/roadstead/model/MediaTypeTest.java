package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediaTypeTest {
  @Test
  void isATypeAndASubtype() {
    for (var text :
        List.of(
            "application/vnd.oci.image.manifest.v1+json",
            "a/b",
            "text/x.y-z_1!#$&^+",
            "a".repeat(127) + "/" + "b".repeat(127))) {
      assertThat(new MediaType(text)).hasToString(text);
    }
  }

  @Test
  void nothingElseIsOne() {
    for (var text :
        List.of(
            "",
            "a",
            "/",
            "a/",
            "/b",
            "a/b/c",
            "a/b; c=d",
            "a /b",
            "a/b ",
            "a/b\r\nX: y",
            "*/*",
            "a".repeat(128) + "/b")) {
      assertThatThrownBy(() -> new MediaType(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("media type");
    }
  }

  @Test
  void fourOfThemAreManifests() {
    assertThat(MediaType.OCI_INDEX.isIndex()).isTrue();
    assertThat(MediaType.DOCKER_LIST.isIndex()).isTrue();
    assertThat(MediaType.OCI_MANIFEST.isIndex()).isFalse();
    assertThat(MediaType.OCI_MANIFEST.isManifest()).isTrue();
    assertThat(MediaType.DOCKER_MANIFEST.isManifest()).isTrue();
    assertThat(new MediaType("application/json").isManifest()).isFalse();
  }

  @Test
  void someContentMayBeMissing() {
    var digest = Digest.sha256(new byte[0]);
    for (var text :
        List.of(
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")) {
      assertThat(new Descriptor(new MediaType(text), digest, 0).isNonDistributable()).isTrue();
    }
    var layer = new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
    assertThat(new Descriptor(layer, digest, 0).isNonDistributable()).isFalse();
    assertThatThrownBy(() -> new Descriptor(layer, digest, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
