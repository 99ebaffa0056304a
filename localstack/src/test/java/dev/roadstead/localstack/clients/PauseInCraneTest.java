package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** crane takes the pause image apart and checks every digest, size and layer of it. */
@RealClient(programs = "crane")
class PauseInCraneTest extends PauseContract {
  private static Command crane;

  @BeforeAll
  static void keepCraneInOneFolder(@TempDir Path home) {
    crane = Tools.command("crane", home);
  }

  @Test
  void findsTheIndexValid() {
    assertThat(crane.run("validate", "--remote", image())).startsWith("PASS");
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void findsEachPlatformValid(String platform) {
    assertThat(crane.run("validate", "--remote", image(), "--platform", platform))
        .startsWith("PASS");
  }
}
