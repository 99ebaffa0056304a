package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pause image as the sandbox of a pod whose containers share their processes. */
@RealClient(programs = "podman", root = true)
class PauseInPodmanTest extends PauseContract {
  private static Command podman;

  private String infra = "";

  @BeforeAll
  static void keepPodmanInOneFolder(@TempDir Path home) throws IOException {
    podman = PodmanTest.podman(home);
    podman.run("pull", "--tls-verify=false", image());
  }

  @BeforeEach
  void startPod() {
    podman.run(
        "pod",
        "create",
        "--name=pod",
        "--infra-image=" + image(),
        "--share=pid,ipc,uts",
        "--network=none");
    podman.run("pod", "start", "pod");
    infra = podman.run("pod", "inspect", "--format={{.InfraContainerID}}", "pod").strip();
  }

  @AfterEach
  void removePod() {
    podman.run("pod", "rm", "--force", "pod");
  }

  @Test
  void holdsAPodInAFewKilobytes() {
    int residentKilobytes = sandbox().residentKilobytes();

    System.out.println("pause as a pod's sandbox: " + residentKilobytes + " kB resident");
    assertThat(residentKilobytes).isLessThanOrEqualTo(64);
  }

  @Test
  void reapsOrphansOfThePod() {
    var pid = sandbox().pid();
    var nsenter = new Command(Path.of("/usr/bin/nsenter"), "--target", pid, "--pid", "--");

    // All of them have ended when the last one has closed the pipe.
    nsenter.run("sh", "-c", "(for i in 1 2 3 4 5; do (sleep 0.1 &); done) | cat");

    var pause = ProcessHandle.of(pid).orElseThrow();
    Eventually.holds("every orphan is reaped", () -> pause.children().findAny().isEmpty());
    assertThat(pause.isAlive()).isTrue();
  }

  @Test
  void endsWithThePod() {
    podman.run("pod", "stop", "--time=5", "pod");

    assertThat(podman.run("inspect", "--format={{.State.ExitCode}}", infra).strip()).isEqualTo("0");
    assertThat(podman.run("logs", infra)).isEqualToIgnoringNewLines(TERMINATED_LINE);
  }

  private PauseSandbox sandbox() {
    return PauseSandbox.of(podman.run("inspect", "--format={{.State.Pid}}", infra));
  }
}
