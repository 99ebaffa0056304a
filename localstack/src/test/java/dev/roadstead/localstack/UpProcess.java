package dev.roadstead.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code ./roadstead up} as a user starts it, in a process of its own. */
final class UpProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Process process;
  private final Path output;
  private final Path log;

  private UpProcess(Process process, Path output, Path log) {
    this.process = process;
    this.output = output;
    this.log = log;
  }

  /** Starts the launcher; what it prints goes to two files in the folder. */
  static UpProcess start(Path folder, String... arguments) {
    try {
      var output = Files.createTempFile(folder, "up", ".out");
      var log = Files.createTempFile(folder, "up", ".log");
      var words = new ArrayList<>(List.of(launcher().toString(), "up"));
      words.addAll(List.of(arguments));
      var process =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectOutput(output.toFile())
              .redirectError(log.toFile())
              .start();
      return new UpProcess(process, output, log);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path launcher() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), folder -> folder != null, folder -> folder.getParent())
        .map(folder -> folder.resolve("roadstead"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("start the tests inside the repository"));
  }

  /** The URL of the ready line, which is the first one. */
  String awaitReady() {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean alive = process.isAlive();
      var lines = lines(output);
      if (!lines.isEmpty()) {
        return lines.getFirst().replaceFirst("^ready ", "");
      }
      if (!alive) {
        throw new AssertionError("ended with " + process.exitValue() + ": " + lines(log));
      }
      pause();
    }
    throw new AssertionError("not ready: " + lines(log));
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitExit(PATIENCE);
  }

  /** The exit code, if it comes in time. */
  int awaitExit(Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
    throw new AssertionError("still there after " + limit);
  }

  int awaitExit() {
    return awaitExit(PATIENCE);
  }

  /** Whether the launcher started other processes that are still there. */
  boolean hasChildren() {
    return process.descendants().findAny().isPresent();
  }

  List<String> output() {
    return lines(output);
  }

  /** What it said on standard error. */
  List<String> log() {
    return lines(log);
  }

  private static List<String> lines(Path file) {
    try {
      var text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
