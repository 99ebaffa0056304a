package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** containerd 2.4 through {@code ctr}: the daemon itself pushes, one PUT per layer. */
@Listed(value = "containerd 2", version = "ctr-2", sends = "one `PUT`: past everything")
@Tag("long")
@RealClient(
    programs = {"containerd-2", "ctr-2"},
    root = true)
class Containerd2Test extends ContainerdContract {
  private static Optional<Containerd> containerd = Optional.empty();

  @BeforeAll
  static void startContainerd(@TempDir Path home) {
    containerd = Optional.of(Containerd.start("containerd-2", "ctr-2", home));
  }

  @AfterAll
  static void stopContainerd() {
    containerd.orElseThrow().daemon().stop();
  }

  @Override
  Containerd containerd() {
    return containerd.orElseThrow();
  }
}
