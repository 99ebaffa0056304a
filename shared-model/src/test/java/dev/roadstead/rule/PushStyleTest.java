package dev.roadstead.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the headers that clients have been seen to send. */
class PushStyleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "containerd/1.6.20~ds1",
        "containerd/2.4.2",
        "buildkit/v0.25",
        "oras-go",
        "oras/1.3.3",
        "Helm/3.22.0",
        "regclient/regctl (v0.11.7)",
        "regclient/regsync (v0.11.7)",
        "notation/1.3.0",
        "roadstead"
      })
  void sendsWholeBlobs(String userAgent) {
    assertThat(PushStyle.of(Optional.of(userAgent))).isEqualTo(PushStyle.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker/20.10.24+dfsg1 go/go1.19.8 UpstreamClient(Docker-Client/20.10.24 \\(linux\\))",
        "docker/28.5.1 go/go1.24",
        "docker",
        "docker/unknown",
        "docker/99999999999999",
        "containers/5.23.1 (github.com/containers/image)",
        "libpod/4.3.1",
        "Buildah/1.28.2",
        "skopeo/1.9.3",
        "crane/0.22.1 go-containerregistry/v0.22.1",
        "cosign/v2.6.5 (linux; amd64) go-containerregistry/v0.20",
        "jib 0.27.3 jib-core",
        "curl/8.0",
        "",
        "  "
      })
  void sendsStreamsOrNobodyKnows(String userAgent) {
    assertThat(PushStyle.of(Optional.of(userAgent))).isEqualTo(PushStyle.STREAM);
  }

  /** From 29 on it keeps images in containerd, unless it was upgraded and has older ones. */
  @Test
  void aNewDockerMaySendEither() {
    var docker = "docker/29.0.0 go/go1.25 git-commit/abc kernel/6.1 os/linux arch/amd64";

    assertThat(PushStyle.of(Optional.of(docker))).isEqualTo(PushStyle.EITHER);
  }

  @Test
  void whoDoesNotSayWhoTheyAreMaySendStreams() {
    assertThat(PushStyle.of(Optional.empty())).isEqualTo(PushStyle.STREAM);
  }
}
