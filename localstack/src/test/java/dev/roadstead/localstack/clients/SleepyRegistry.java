package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.Backend;
import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A registry as users start it, whose relay is asleep at first. */
record SleepyRegistry(RegistryProcess process) implements AutoCloseable {

  /** Starts it; what it prints goes to the folder, which is made. */
  static SleepyRegistry start(Path folder, String wakeDelay) throws IOException {
    var stores = new Backend.Aws(TestBackend.onServers(), Optional.empty());
    Files.createDirectories(folder);
    return new SleepyRegistry(
        RegistryProcess.start(folder, stores, "--relay", "wake", "--wake-delay", wakeDelay));
  }

  /** {@code 127.0.0.1:PORT}. */
  String authority() {
    return process.authority();
  }

  /** Whether anybody has needed the relay so far. */
  boolean hasWokenItsRelay() {
    return process.daemon().log().contains("the relay is woken");
  }

  /** Fails when a check of everything finds anything, bytes included. */
  void isClean() {
    assertThat(RegistryProcess.launcher().run("fsck", "--bytes", "all", "--data", process.data()))
        .contains("clean");
  }

  @Override
  public void close() {
    process.close();
  }
}
