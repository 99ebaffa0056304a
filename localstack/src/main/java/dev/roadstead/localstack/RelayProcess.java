package dev.roadstead.localstack;

import dev.roadstead.model.TimeSpan;
import dev.roadstead.relay.server.RelayServer;
import dev.roadstead.store.RelayMachine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imitates the machine that sleeps: a start is taken at once and takes a while, and what runs on it
 * is the relay's own program, in a process that ends by itself. For any number of threads.
 */
final class RelayProcess implements RelayMachine, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayProcess.class);
  private static final String READY = "ready ";

  /** How long the process may take to end by itself when it is told to. */
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  /** Output goes where the gateway logs; its standard output belongs to the ready line. */
  private static final File LOG_FILE = new File("/dev/stderr");

  /** As little as the smallest machine has. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx192m",
          "-XX:MaxDirectMemorySize=128m",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "--add-opens=java.base/sun.security.provider=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED");

  private final ProcessBuilder builder;
  private final Duration delay;
  private Optional<Thread> starting = Optional.empty();
  private Optional<Process> process = Optional.empty();
  private Optional<URI> address = Optional.empty();
  private boolean closed;

  /**
   * Asleep.
   *
   * @param variables its whole environment
   * @param staging the folder for bytes on their way
   */
  RelayProcess(RelayMode.Wake mode, Map<String, String> variables, Path staging) {
    this.delay = mode.delay();
    this.builder =
        new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"))
            .redirectError(ProcessBuilder.Redirect.appendTo(LOG_FILE));
    builder.command().addAll(JVM_OPTIONS);
    builder.command().add("-Djava.io.tmpdir=" + staging);
    builder.command().addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    builder.command().add(RelayServer.class.getName());
    builder.command().add("--idle=" + TimeSpan.format(mode.idle()));
    builder.environment().clear();
    builder.environment().putAll(variables);
  }

  @Override
  public synchronized Start start() {
    if (process.isPresent()) {
      return new Start.Running();
    }
    if (starting.isEmpty() && !closed) {
      LOG.info("the relay is woken: takesSeconds={}", delay.toSeconds());
      starting = Optional.of(Thread.ofVirtual().name("relay").start(this::boot));
    }
    return new Start.Starting();
  }

  private void boot() {
    try {
      Thread.sleep(delay);
      var begun = begin();
      awaitReady(begun);
      begun.waitFor();
      LOG.info("the relay sleeps: exitCode={}", begun.exitValue());
    } catch (InterruptedException closing) {
      LOG.debug("no relay any more", closing);
    } catch (IOException failed) {
      LOG.warn("the relay does not start: {}", failed.toString());
    } finally {
      gone();
    }
  }

  private synchronized Process begin() throws IOException, InterruptedException {
    if (closed) {
      throw new InterruptedException();
    }
    var begun = builder.start();
    process = Optional.of(begun);
    return begun;
  }

  private void awaitReady(Process begun) throws IOException {
    try (var output = new BufferedReader(begun.inputReader(StandardCharsets.UTF_8))) {
      var line = output.readLine();
      if (line == null || !line.startsWith(READY)) {
        throw new IOException("it ends at once; its own words are above");
      }
      synchronized (this) {
        address = Optional.of(URI.create(line.substring(READY.length())));
      }
      LOG.info("the relay is awake: pid={}", begun.pid());
    }
  }

  private synchronized void gone() {
    starting = Optional.empty();
    process = Optional.empty();
    address = Optional.empty();
  }

  /** Where it takes streams; empty while it sleeps. */
  synchronized Optional<URI> address() {
    return address;
  }

  private static void end(Process last) {
    last.destroy();
    try {
      if (!last.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        last.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, at once if it does not do so in time. */
  @Override
  public void close() {
    Optional<Process> last;
    synchronized (this) {
      closed = true;
      last = process;
      if (last.isEmpty()) {
        starting.ifPresent(Thread::interrupt);
      }
    }
    last.ifPresent(RelayProcess::end);
  }
}
