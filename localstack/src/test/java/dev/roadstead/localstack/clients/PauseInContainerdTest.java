package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pause image in containerd, which pulls it for Kubernetes. */
@RealClient(
    programs = {"containerd", "ctr"},
    root = true)
class PauseInContainerdTest extends PauseContract {
  private static Daemon containerd;
  private static Command ctr;

  @BeforeAll
  static void startContainerd(@TempDir Path home) {
    var started = Containerd.start("containerd", "ctr", home);
    containerd = started.daemon();
    ctr = started.ctr();
  }

  @AfterAll
  static void stopContainerd() {
    containerd.stop();
  }

  @ParameterizedTest
  @MethodSource("platforms")
  void pullsAndUnpacksEachPlatform(String platform) {
    ctr.run(
        "images", "pull", "--plain-http", "--snapshotter=native", "--platform", platform, image());

    assertThat(ctr.run("content", "ls", "--quiet")).contains(manifest(platform));
    ctr.run("images", "rm", "--sync", image());
  }

  @Test
  void runsItUntilItIsTold() {
    ctr.run("images", "pull", "--plain-http", "--snapshotter=native", image());

    var printed =
        ctr.run("run", "--rm", "--snapshotter=native", image(), "version", "/pause", "-v");
    assertThat(printed).contains(VERSION_LINE);

    ctr.run("run", "--detach", "--snapshotter=native", image(), "sandbox");
    ctr.run("tasks", "kill", "--signal=SIGTERM", "sandbox");
    Eventually.holds("it ends", () -> ctr.run("tasks", "ls").contains("STOPPED"));
    ctr.run("tasks", "rm", "sandbox"); // fails unless the program's status was 0
    ctr.run("containers", "rm", "sandbox");
  }
}
