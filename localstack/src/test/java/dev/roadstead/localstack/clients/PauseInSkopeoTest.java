package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Skopeo chooses a platform of the pause image as nodes of that platform do. */
@RealClient(programs = "skopeo")
class PauseInSkopeoTest extends PauseContract {
  private static Command skopeo;

  @TempDir Path folder;

  @BeforeAll
  static void keepSkopeoInOneFolder(@TempDir Path home) {
    skopeo = Tools.command("skopeo", home);
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void copiesEachPlatform(String platform) {
    var words = List.of(platform.split("/", -1));
    var chosen =
        skopeo
            .and("--override-os=" + words.get(0), "--override-arch=" + words.get(1))
            .and(words.stream().skip(2).map(variant -> "--override-variant=" + variant).toArray());
    var copy = "dir:" + folder.resolve("image");

    chosen.run("copy", "--src-tls-verify=false", "docker://" + image(), copy);

    assertThat(chosen.run("inspect", copy))
        .contains("\"Architecture\": \"" + words.get(1) + "\"")
        .contains("\"org.opencontainers.image.version\": \"3.10.2\"");
  }
}
