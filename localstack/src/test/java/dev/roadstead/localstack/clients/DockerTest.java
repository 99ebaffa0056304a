package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker with its classic image store: one PATCH of unknown length per layer. */
@Listed(value = "docker", version = "docker", sends = "one `PATCH` of unknown length: relay")
@RealClient(
    programs = {"dockerd", "docker"},
    root = true)
class DockerTest extends ClientContract {
  private static Daemon dockerd;
  private static Command docker;

  @BeforeAll
  static void startDockerd(@TempDir Path home) throws IOException {
    dockerd = dockerd(home);
    docker = docker(home);
  }

  /** Starts a daemon of its own, with everything it keeps in this folder. */
  static Daemon dockerd(Path home) throws IOException {
    var daemon =
        Daemon.start(
            Tools.command("dockerd", home)
                .and("--host=" + socket(home))
                .and("--config-file=" + configuration(home))
                .and("--data-root=" + home.resolve("data"))
                .and("--exec-root=" + home.resolve("exec"))
                .and("--pidfile=" + home.resolve("pid"))
                .and("--storage-driver=vfs")
                .and("--bridge=none", "--iptables=false", "--ip6tables=false"),
            home);
    daemon.awaitLog("API listen on");
    return daemon;
  }

  /** The client of that daemon. */
  static Command docker(Path home) {
    return Tools.command("docker", home).with("DOCKER_HOST", socket(home));
  }

  private static String socket(Path home) {
    return "unix://" + home.resolve("docker.sock");
  }

  /** The key it makes at its first start would otherwise go to /etc/docker. */
  private static Path configuration(Path home) throws IOException {
    return Files.writeString(
        home.resolve("daemon.json"),
        "{\"deprecated-key-path\":\"%s\"}".formatted(home.resolve("key.json")));
  }

  @AfterAll
  static void stopDockerd() {
    dockerd.stop();
  }

  @Test
  @Tag("long")
  @Tag("embedded")
  void pullsTheLayerOfTwoGigabytesThatItPushed() {
    pullsALayerOfTwoGigabytesThatItPushed();
  }

  /** It repeats by itself what broke off, until the relay is awake again. */
  @Test
  @Tag("long")
  @Tag("embedded")
  void pushesAlthoughTheRelayDiesUnderItsStream() throws IOException {
    try (var registry = SleepyRegistry.start(folder.resolve("registry"), "2s")) {
      var image = ImageTar.write(folder, seed("relay-dies"), 300_000_000);
      var reference = registry.authority() + "/" + seed("relay-dies") + ":1";
      var killed = registry.killRelayAfter(100_000_000);

      push(image, reference);

      assertThat(killed).isCompleted();
      assertThat(registry.hasLostAStream()).isTrue();
      emptyStore();
      assertThat(pulled(reference)).containsAll(expected(image));
      registry.isClean();
    }
  }

  @Override
  String push(ImageTar image, String reference) {
    docker.run("load", "--input", image.tar());
    docker.run("tag", image.name(), reference);
    return docker.run("push", reference);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return printed.lines().filter(line -> line.endsWith(": Pushed")).count();
  }

  @Override
  void pull(String reference, Path target) {
    docker.run("pull", reference);
    docker.run("save", "--output", target, reference);
  }

  @Override
  void emptyStore() {
    docker.run("image", "prune", "--all", "--force");
    assertThat(docker.run("images", "--all", "--quiet")).isEmpty();
  }

  @Override
  List<String> expected(ImageTar image) {
    return image.unpacked();
  }

  /** Once with the time that a machine in the cloud takes. */
  @Override
  String wakeDelay() {
    return "20s";
  }

  @Override
  boolean resumes() {
    return true;
  }
}
