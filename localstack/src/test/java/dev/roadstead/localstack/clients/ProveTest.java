package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code infra-cdk/prove}, as far as it asks no account: every question, with every client that is
 * there, of a registry with accounts on this machine.
 */
@RealClient(
    programs = {"crane", "regctl", "skopeo", "podman", "dockerd", "docker", "containerd", "ctr"},
    root = true)
@Tag("embedded")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProveTest {
  private static final String PASSWORD = "correct horse";

  private Path folder = Path.of("");
  private String url = "";
  private Daemon registry;
  private Daemon dockerd;
  private Containerd containerd;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    folder = home;
    registry =
        Daemon.start(
            RegistryProcess.launcher()
                .with("ROADSTEAD_ADMIN_PASSWORD", PASSWORD)
                .and("up", "--auth", "--port", 0, "--data", folder.resolve("registry"))
                .and(TestBackend.options(TestBackend.fresh()).toArray()),
            folder);
    url = registry.awaitOutput("^ready (http://\\S+)\\R").group(1);
    dockerd = DockerTest.dockerd(Files.createDirectory(folder.resolve("docker")));
    containerd =
        Containerd.start("containerd", "ctr", Files.createDirectory(folder.resolve("containerd")));
  }

  @AfterAll
  void stop() {
    containerd.daemon().stop();
    dockerd.stop();
    registry.stop();
  }

  @Test
  void asksARegistryThatIsThereEverythingButWhatIsAboutTheAccount() throws IOException {
    var report = folder.resolve("report.md");

    prove(url, PASSWORD).run("--report", report);

    var answers = answers(report);
    assertThat(answers).doesNotContainValue("NO");
    assertThat(skipped(answers))
        .isSubsetOf(
            "likewise over HTTP/2",
            "buildah pushes 6 MB and pulls it",
            "helm pushes 6 MB and pulls it",
            "a direct PUT of 5 GiB is 201: S3 answers in time",
            "a function's own address refuses who is not the edge",
            "get-manifest comes back from its snapshot",
            "the relay wakes for a client that sends a stream");
    assertThat(Files.readString(Path.of(report + ".log")) + Files.readString(report))
        .doesNotContain(PASSWORD);
  }

  @Test
  @Tag("long")
  void saysWhatIsNotAsWeRelyOn() throws IOException {
    var open = Files.createDirectory(folder.resolve("open"));
    try (var peer = RegistryProcess.start(open, TestBackend.fresh())) {
      var report = open.resolve("report.md");

      assertThatThrownBy(() -> prove("http://" + peer.authority(), "any").run("--report", report))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("exit 1");
      assertThat(answers(report))
          .containsEntry("the edge asks strangers for credentials", "NO")
          .containsEntry("a direct PUT of 6 MB over HTTP/1.1 is 201", "yes");
    }
  }

  @Test
  void saysThatItIsNotLetIn() {
    assertThatThrownBy(() -> prove(url, "wrong").run("--report", folder.resolve("none.md")))
        .hasMessageContaining("prove: " + url + " lets admin not in");
  }

  private Command prove(String address, String password) {
    var home = folder.resolve("podman-home");
    return Tools.command("bash", folder)
        .and(Tools.repository().resolve("infra-cdk/prove"), "--url", address)
        .with("ROADSTEAD_USER", "admin")
        .with("ROADSTEAD_PASSWORD", password)
        .with("DOCKER_HOST", "unix://" + folder.resolve("docker/docker.sock"))
        .with("CONTAINERD_ADDRESS", folder.resolve("containerd/socket"))
        .with("CONTAINERS_CONF", configuration(home));
  }

  private static Path configuration(Path home) {
    try {
      PodmanTest.podman(Files.createDirectories(home));
      return home.resolve("containers.conf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The verdict on each question. */
  static Map<String, String> answers(Path report) throws IOException {
    return Files.readAllLines(report).stream()
        .map(line -> line.split(" ?\\| ?", -1))
        .filter(cells -> cells.length > 3 && !cells[2].isEmpty() && !cells[2].equals("---"))
        .collect(Collectors.toMap(cells -> cells[1], cells -> cells[2]));
  }

  private static List<String> skipped(Map<String, String> answers) {
    return answers.entrySet().stream()
        .filter(answer -> answer.getValue().equals("skipped"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
