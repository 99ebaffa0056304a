package dev.roadstead.localstack.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One process of a function; its pool decides when it works, and guards what is changed here. */
final class FunctionProcess {
  /** How long a process may take to end by itself. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /** Exit codes above this one stand for signals. */
  private static final int SIGNALS = 128;

  private final Process process;
  private final Thread log;

  /** What it works on. */
  Optional<Invocation> current = Optional.empty();

  /** Whether it has asked for work yet; until then it is starting. */
  boolean started;

  /** Whether it has asked for work and got none. */
  boolean idle;

  private FunctionProcess(Process process, Consumer<String> reader) {
    this.process = process;
    this.log = ProcessLog.follow(process.getInputStream(), reader);
  }

  /**
   * Starts one.
   *
   * @param api where it finds the Runtime API: host, port and a path that is its own
   * @param reader gets every line that it prints
   */
  static FunctionProcess start(FunctionPackage code, String api, Consumer<String> reader)
      throws IOException {
    var builder = new ProcessBuilder(code.command()).directory(code.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(code.environment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api);
    builder.redirectErrorStream(true);
    return new FunctionProcess(builder.start(), reader);
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

  /**
   * Ends it at once, whatever it is doing; Lambda does not ask either. By its handle, because the
   * process itself would close what it has printed before that is read.
   */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /**
   * Asks it to end, and waits until it has done what it does at its end.
   *
   * @throws TimeoutException when that takes longer than this
   */
  void end(Duration limit) throws TimeoutException, InterruptedException {
    process.toHandle().destroy();
    if (!process.waitFor(limit)) {
      throw new TimeoutException("a process does not end within " + limit);
    }
  }

  /** Waits until it has ended and all is read that it has printed. */
  void awaitEnd() throws InterruptedException {
    process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    log.join(END_LIMIT);
  }
}
