package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A server that a test starts, waits for, and ends again by its process id. */
final class Daemon {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int END_LIMIT_SECONDS = 10;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final Command command;
  private final Process process;
  private final Path output;
  private final Path log;

  private Daemon(Command command, Process process, Path output, Path log) {
    this.command = command;
    this.process = process;
    this.output = output;
    this.log = log;
  }

  /** Starts it; what it prints goes to two files in the folder, which must exist. */
  static Daemon start(Command command, Path folder) {
    var name = Path.of(command.words().getFirst()).getFileName();
    var output = folder.resolve(name + ".out");
    var log = folder.resolve(name + ".log");
    try {
      var process =
          command.builder().redirectOutput(output.toFile()).redirectError(log.toFile()).start();
      // Ctrl-C on the build must not leave a daemon of root behind.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new Daemon(command, process, output, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Its process id. */
  long pid() {
    return process.pid();
  }

  /** What it has logged so far on standard error. */
  String log() {
    return read(log);
  }

  /** Waits until it has printed this on standard output. */
  MatchResult awaitOutput(String pattern) {
    return await(output, pattern);
  }

  /** Waits until it has logged this on standard error. */
  MatchResult awaitLog(String pattern) {
    return await(log, pattern);
  }

  /**
   * Ends it as an operator would, by SIGTERM: it leaves in time, with exit 0, and with its
   * children.
   */
  void stop() {
    var family = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        Command.end(process.toHandle());
        throw failure("was still there " + END_LIMIT_SECONDS + " s after SIGTERM");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
    var left = family.stream().filter(child -> !endsInTime(child)).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    assertThat(left).as("processes left behind by %s", command.words()).isEmpty();
    if (process.exitValue() != 0) {
      throw failure("ended with " + process.exitValue());
    }
  }

  private static boolean endsInTime(ProcessHandle process) {
    return process
        .onExit()
        .thenApply(ended -> true)
        .completeOnTimeout(false, END_LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  private MatchResult await(Path file, String text) {
    var pattern = Pattern.compile(text, Pattern.MULTILINE);
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    try {
      while (true) {
        // Looked at before the file is read, so that last words are not missed.
        var alive = process.isAlive();
        var matcher = pattern.matcher(read(file));
        if (matcher.find()) {
          return matcher.toMatchResult();
        }
        if (!alive) {
          throw failure("ended with " + process.exitValue() + " before it was ready");
        }
        if (System.nanoTime() > deadline) {
          Command.end(process.toHandle());
          throw failure("was not ready in " + START_LIMIT);
        }
        Thread.sleep(LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private AssertionError failure(String what) {
    return new AssertionError(
        String.join(" ", command.words()) + " " + what + "\n" + read(output) + "\n" + read(log));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
