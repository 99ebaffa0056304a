package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.Backend;
import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A registry as users start it, whose relay is asleep at first. */
record SleepyRegistry(RegistryProcess process) implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

  /** Starts it; what it prints goes to the folder, which is made. */
  static SleepyRegistry start(Path folder, String wakeDelay, Object... options) throws IOException {
    var stores = new Backend.Aws(TestBackend.onServers(), Optional.empty());
    Files.createDirectories(folder);
    return new SleepyRegistry(
        RegistryProcess.start(
            folder,
            stores,
            Stream.concat(
                    Stream.of("--relay", "wake", "--wake-delay", wakeDelay), Stream.of(options))
                .toArray()));
  }

  /** {@code 127.0.0.1:PORT}. */
  String authority() {
    return process.authority();
  }

  /** Whether anybody has needed the relay so far. */
  boolean hasWokenItsRelay() {
    return process.daemon().log().contains("the relay is woken");
  }

  /** Kills the relay, once, when it has read so much since it woke. */
  CompletableFuture<Void> killRelayAfter(long bytes) {
    return CompletableFuture.runAsync(
        () -> {
          var pid = process.daemon().awaitLog("the relay is awake: pid=([0-9]+)").group(1);
          long before = bytesRead(pid);
          while (bytesRead(pid) < before + bytes) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
          }
          assertThat(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly())
              .isTrue();
        });
  }

  /** By the kernel's account of the process; sockets are in it. */
  private static long bytesRead(String pid) {
    try (var lines = Files.lines(Path.of("/proc", pid, "io"))) {
      return lines
          .filter(line -> line.startsWith("rchar: "))
          .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
          .sum();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Whether a stream broke off because the relay was gone. */
  boolean hasLostAStream() {
    return process.daemon().log().contains("no answer of the relay");
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
