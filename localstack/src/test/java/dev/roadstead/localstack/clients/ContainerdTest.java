package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** containerd 1.6 through {@code ctr}: one PUT of known length and digest per layer. */
@Listed(value = "containerd 1", version = "ctr", sends = "one `PUT`: past everything")
@RealClient(
    programs = {"containerd", "ctr"},
    root = true)
class ContainerdTest extends ContainerdContract {
  private static Optional<Containerd> containerd = Optional.empty();

  @BeforeAll
  static void startContainerd(@TempDir Path home) {
    containerd = Optional.of(Containerd.start("containerd", "ctr", home));
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
