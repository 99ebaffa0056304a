package dev.roadstead.localstack.runtime;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process of a function; its pool decides when it works, and guards what is changed here. */
final class FunctionProcess {
  /** How long a process may take to end by itself. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /** Output goes where the gateway logs; its standard output belongs to the ready line. */
  private static final File LOG = new File("/dev/stderr");

  /** Exit codes above this one stand for signals. */
  private static final int SIGNALS = 128;

  private final Process process;

  /** What it works on. */
  Optional<Invocation> current = Optional.empty();

  /** Whether it has asked for work yet; until then it is starting. */
  boolean started;

  private FunctionProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param api where it finds the Runtime API: host, port and a path that is its own
   */
  static FunctionProcess start(FunctionPackage code, String api) throws IOException {
    var builder = new ProcessBuilder(code.command()).directory(code.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(code.environment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG));
    return new FunctionProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether a signal has ended it; one that fails ends by itself. */
  boolean wasKilled() {
    return !process.isAlive() && process.exitValue() > SIGNALS;
  }

  CompletableFuture<Process> onExit() {
    return process.onExit();
  }

  /** Ends it at once, whatever it is doing; Lambda does not ask either. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Asks it to end, and waits until it has done what it does at its end.
   *
   * @throws TimeoutException when that takes longer than this
   */
  void end(Duration limit) throws TimeoutException, InterruptedException {
    process.destroy();
    if (!process.waitFor(limit)) {
      throw new TimeoutException("a process does not end within " + limit);
    }
  }

  /** Waits until it has ended. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
