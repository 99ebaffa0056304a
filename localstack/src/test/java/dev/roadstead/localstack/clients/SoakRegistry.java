package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** A registry on one port and one data folder that is killed and started again and again. */
final class SoakRegistry {
  private static final Pattern PURGED = Pattern.compile("collected: .*purged=(\\d+)");

  private final Path folder;
  private final int port = freePort();
  private final BiFunction<Integer, Path, Command> command;

  /** Even while it is up; one more whenever it goes down, and whenever it is up again. */
  private final AtomicInteger moment = new AtomicInteger();

  private Daemon daemon;
  private long purged;

  /**
   * Starts it.
   *
   * @param command how, for a port and a data folder
   */
  SoakRegistry(Path folder, BiFunction<Integer, Path, Command> command) {
    this.folder = folder;
    this.command = command;
    this.daemon = start();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  private Daemon start() {
    try {
      var here = Files.createDirectories(folder.resolve("run" + moment));
      var started = Daemon.start(command.apply(port, data()), here);
      started.awaitOutput("^ready ");
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path data() {
    return folder.resolve("data");
  }

  String authority() {
    return "127.0.0.1:" + port;
  }

  /** Now, for {@link #wasUpSince}. */
  int moment() {
    return moment.get();
  }

  /** Whether it was up at that moment, and ever since. */
  boolean wasUpSince(int then) {
    return then % 2 == 0 && then == moment.get();
  }

  /** Waits until it is up, if it has just been killed. */
  void awaitUp() {
    Eventually.holds("the registry is up again", () -> moment.get() % 2 == 0);
  }

  /** How often it was killed. */
  int kills() {
    return moment.get() / 2;
  }

  /** {@code kill -9}, and a new process on the same folder. */
  void kill() {
    moment.incrementAndGet();
    ProcessHandle.of(daemon.pid())
        .ifPresent(
            process -> {
              process.destroyForcibly();
              process.onExit().join();
            });
    countPurges();
    daemon = start();
    moment.incrementAndGet();
  }

  /** Ends it as an operator does. */
  void stop() {
    daemon.stop();
    countPurges();
  }

  private void countPurges() {
    purged +=
        PURGED.matcher(daemon.log()).results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
  }

  /** How many objects its processes, those that have ended, said they had purged. */
  long purged() {
    return purged;
  }
}
