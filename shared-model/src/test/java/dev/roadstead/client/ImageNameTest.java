package dev.roadstead.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
  private static final Digest DIGEST = Digest.sha256(new byte[0]);

  @Test
  void readsRegistryRepositoryAndTag() {
    assertThat(ImageName.parse("127.0.0.1:5000/k8s/pause:3.10.2"))
        .isEqualTo(
            new ImageName(
                new RegistryHost("127.0.0.1:5000"),
                new RepositoryName("k8s/pause"),
                new Tag("3.10.2")));
  }

  @Test
  void takesTheDigestOfANameThatHasBoth() {
    var name = ImageName.parse("r.example/pause:3.10@" + DIGEST);

    assertThat(name.reference()).isEqualTo(DIGEST);
    assertThat(name).hasToString("r.example/pause@" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pause",
        "pause:3.10",
        "library/pause:3.10",
        "r.example/pause",
        "r.example/pause:",
        "r.example/Pause:1",
        "r.example/:1",
        "r.example/pause@sha256:1",
        "r.example:x/pause:1",
        "http://r.example/pause:1",
        "r_.example/pause:1",
        "[::1/pause:1"
      })
  void refusesWhatIsNoWholeName(String text) {
    assertThatThrownBy(() -> ImageName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is no image's name: ")
        .hasMessageContaining("write registry/repository:tag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:5000", "127.0.0.1", "127.1.2.3:80", "[::1]:5000"})
  void speaksPlainHttpOnThisMachine(String host) {
    assertThat(new RegistryHost(host).api()).hasToString("http://" + host + "/v2/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r.example", "10.0.0.1:5000", "localhost.example", "127.0.0.1.example"})
  void speaksHttpsToOthers(String host) {
    assertThat(new RegistryHost(host).api()).hasToString("https://" + host + "/v2/");
  }
}
