package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A containerd of a test's own, and its client. From 2.0 on it is the daemon that talks to the
 * registry, before it was {@code ctr}.
 */
record Containerd(Daemon daemon, Command ctr) {

  /** Starts a daemon with everything it keeps in this folder. */
  static Containerd start(String program, String client, Path home) {
    var daemon =
        Daemon.start(
            Tools.command(program, home)
                .and("--log-level", "debug", "--config", configuration(home)),
            home);
    daemon.awaitLog("successfully booted");
    var ctr =
        Tools.command(client, home)
            .and("--debug", "--address", home.resolve("socket"), "--namespace", "test");
    return new Containerd(daemon, ctr);
  }

  private static Path configuration(Path home) {
    try {
      return Files.writeString(
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
          [[plugins."io.containerd.transfer.v1.local".unpack_config]]
          platform = "linux"
          snapshotter = "native"
          """
              .formatted(home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void load(ImageTar image) {
    ctr.run("images", "import", "--no-unpack", image.tar());
  }

  /** Pushes an image it has, and returns what client and daemon said about it. */
  String push(String name, String reference) {
    var before = daemon.log().length();
    var printed = ctr.run("images", "push", "--plain-http", reference, name);
    return printed + daemon.log().substring(before);
  }

  /** Pulls an image and keeps it. */
  void fetch(String reference) {
    ctr.run("images", "pull", "--plain-http", "--snapshotter", "native", reference);
  }

  void save(String reference, Path target) {
    ctr.run("images", "export", target, reference);
  }

  void empty() {
    var images = listed("images", "ls", "--quiet");
    if (!images.isEmpty()) {
      ctr.and("images", "rm", "--sync").run(images.toArray());
    }
    assertThat(listed("content", "ls", "--quiet")).isEmpty();
  }

  /** Without what it warns of: that goes to standard error, but its lines begin with the time. */
  private List<String> listed(Object... words) {
    return ctr.run(words).lines().filter(line -> !line.startsWith("time=")).toList();
  }

  /** How many layers a push sent, by what it returned. */
  static long layersSent(String printed) {
    return printed
        .lines()
        .filter(line -> line.contains("image.layer") && line.contains("request.method=PUT"))
        .count();
  }
}
