package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** containerd through {@code ctr}: one PUT of known length and digest per layer. */
@RealClient(
    programs = {"containerd", "ctr"},
    root = true)
class ContainerdTest extends ClientContract {
  private static Daemon containerd;
  private static Command ctr;

  @BeforeAll
  static void startContainerd(@TempDir Path home) throws IOException {
    containerd = containerd(home);
    ctr = ctr(home);
  }

  /** Starts a daemon of its own, with everything it keeps in this folder. */
  static Daemon containerd(Path home) throws IOException {
    var file =
        Files.writeString(
            home.resolve("config.toml"),
            """
            version = 2
            root = "%1$s/root"
            state = "%1$s/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
            address = "%1$s/socket"
            [plugins."io.containerd.internal.v1.opt"]
            path = "%1$s/opt"
            """
                .formatted(home));
    var daemon = Daemon.start(Tools.command("containerd", home).and("--config", file), home);
    daemon.awaitLog("successfully booted");
    return daemon;
  }

  /** The client of that daemon. */
  static Command ctr(Path home) {
    return Tools.command("ctr", home)
        .and("--debug", "--address", home.resolve("socket"), "--namespace", "test");
  }

  @AfterAll
  static void stopContainerd() {
    containerd.stop();
  }

  @Override
  String push(ImageTar image, String reference) {
    ctr.run("images", "import", "--no-unpack", image.tar());
    return ctr.run("images", "push", "--plain-http", reference, image.name());
  }

  /** It knows where else a layer is once it has pulled it from there. */
  @Override
  String pushFrom(String source, ImageTar image, String target) {
    emptyStore();
    fetch(source);
    return ctr.run("images", "push", "--plain-http", target, source);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return printed
        .lines()
        .filter(line -> line.contains("image.layer") && line.contains("request.method=PUT"))
        .count();
  }

  @Override
  void pull(String reference, Path target) {
    fetch(reference);
    ctr.run("images", "export", target, reference);
  }

  private static void fetch(String reference) {
    ctr.run("images", "pull", "--plain-http", "--snapshotter", "native", reference);
  }

  @Override
  void emptyStore() {
    var images = ctr.run("images", "ls", "--quiet").lines().toArray();
    if (images.length > 0) {
      ctr.and("images", "rm", "--sync").run(images);
    }
    assertThat(ctr.run("content", "ls", "--quiet")).isEmpty();
  }
}
