package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Podman: one PATCH of unknown length per layer, which it compresses on the way. */
@Listed(value = "podman", version = "podman", sends = "one `PATCH` of unknown length: relay")
@RealClient(programs = "podman", root = true)
class PodmanTest extends ClientContract {
  private static Command podman;

  @BeforeAll
  static void keepPodmanInOneFolder(@TempDir Path home) throws IOException {
    podman = podman(home);
  }

  /** Podman with everything it keeps in this folder. */
  static Command podman(Path home) throws IOException {
    var file =
        Files.writeString(
            home.resolve("containers.conf"),
            """
            [containers]
            # Podman's own limits are above what a process without CAP_SYS_RESOURCE may set.
            default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "none"
            lock_type = "file"
            tmp_dir = "%1$s/tmp"
            [network]
            network_config_dir = "%1$s/networks"
            """
                .formatted(home));
    return Tools.command("podman", home)
        .with("CONTAINERS_CONF", file)
        .and("--root", home.resolve("root"))
        .and("--runroot", home.resolve("run"))
        .and("--storage-driver=vfs");
  }

  @Override
  String push(ImageTar image, String reference) {
    podman.run("load", "--input", image.tar());
    return podman.run("--log-level=debug", "push", "--tls-verify=false", image.name(), reference);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return SkopeoTest.layersSent(printed);
  }

  @Override
  void pull(String reference, Path target) {
    podman.run("pull", "--tls-verify=false", reference);
    podman.run("save", "--output", target, reference);
  }

  @Override
  void emptyStore() {
    podman.run("rmi", "--all", "--force");
    assertThat(podman.run("images", "--all", "--quiet")).isEmpty();
  }

  @Override
  List<String> expected(ImageTar image) {
    return image.unpacked();
  }
}
