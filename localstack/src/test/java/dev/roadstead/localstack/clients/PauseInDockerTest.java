package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pause image as a container of Docker. */
@RealClient(
    programs = {"dockerd", "docker"},
    root = true)
class PauseInDockerTest extends PauseContract {
  private static Daemon dockerd;
  private static Command docker;

  @TempDir Path folder;

  @BeforeAll
  static void startDockerd(@TempDir Path home) throws IOException {
    dockerd = DockerTest.dockerd(home);
    docker = DockerTest.docker(home);
    docker.run("pull", image());
  }

  @AfterAll
  static void stopDockerd() {
    dockerd.stop();
  }

  @Test
  void printsItsVersion() {
    assertThat(docker.run("run", "--rm", "--network=none", image(), "-v").strip())
        .isEqualTo(VERSION_LINE);
  }

  /** After a second Docker would kill it, and the status were 137. */
  @Test
  void stopsByItselfWithinASecond() {
    var container = start();

    docker.run("stop", "-t", "1", container);

    assertThat(inspect(container, "{{.State.ExitCode}}")).isEqualTo("0");
    assertThat(docker.run("logs", container)).isEqualToIgnoringNewLines(TERMINATED_LINE);
  }

  @Test
  void runsAsNobodyUnderDockersSystemCallFilter() {
    var container = start();

    var sandbox = PauseSandbox.of(inspect(container, "{{.State.Pid}}"));

    assertThat(sandbox.user()).isEqualTo(NOBODY);
    assertThat(sandbox.residentKilobytes()).isLessThanOrEqualTo(64);
    docker.run("rm", "--force", container);
  }

  @Test
  void needsNoCapabilityAndNothingToWriteTo() {
    var printed =
        docker.run(
            "run",
            "--rm",
            "--network=none",
            "--read-only",
            "--cap-drop=ALL",
            "--security-opt=no-new-privileges",
            "--user=1234:5678",
            image(),
            "-v");

    assertThat(printed.strip()).isEqualTo(VERSION_LINE);
  }

  /** It must not spin where it is not let wait. */
  @ParameterizedTest
  @CsvSource({"rt_sigprocmask, 1", "rt_sigtimedwait, 42"})
  void endsWithAStatusOfItsOwnWhenItCannotWait(String forbidden, String status) throws IOException {
    var filter =
        Files.writeString(
            folder.resolve("filter.json"),
            """
            {"defaultAction": "SCMP_ACT_ALLOW",
             "syscalls": [{"names": ["%s"], "action": "SCMP_ACT_ERRNO"}]}"""
                .formatted(forbidden));

    var container = start("--security-opt=seccomp=" + filter);

    assertThat(docker.run("wait", container).strip()).isEqualTo(status);
  }

  private static String start(Object... options) {
    return docker.and("run", "--detach", "--network=none").and(options).run(image()).strip();
  }

  private static String inspect(String container, String format) {
    return docker.run("inspect", "--format", format, container).strip();
  }
}
