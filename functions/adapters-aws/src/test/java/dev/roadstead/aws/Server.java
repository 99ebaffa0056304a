package dev.roadstead.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** A server program in a process of its own on a free port of this machine, while a test runs. */
public final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final int END_LIMIT_SECONDS = 10;

  private final Process process;
  private final URI address;
  private final Path log;

  private Server(Process process, URI address, Path log) {
    this.process = process;
    this.address = address;
    this.log = log;
  }

  /** Starts a program on a free port and waits until it takes connections. */
  static Server start(
      Path folder, Map<String, String> variables, IntFunction<List<String>> command) {
    return start(folder, freePort(), variables, command);
  }

  /**
   * The same on this port.
   *
   * @param folder where it runs and logs
   * @param command what to run on a port
   */
  static Server start(
      Path folder, int port, Map<String, String> variables, IntFunction<List<String>> command) {
    var words = command.apply(port);
    var log = folder.resolve(Path.of(words.getFirst()).getFileName() + ".log");
    var builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    variables.forEach(
        (name, value) -> builder.environment().put(name, value.replace("PORT", "" + port)));
    try {
      var process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      var server = new Server(process, URI.create("http://127.0.0.1:" + port), log);
      server.await(port);
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A port that nobody has at the moment. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until somebody takes connections on this port. */
  public static void awaitListener(int port) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nobody listens on port " + port);
      }
      pause();
    }
  }

  private void await(int port) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("did not start; its own words are in " + log);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static boolean listens(int port) {
    try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where it answers. */
  public URI address() {
    return address;
  }

  /** A program that {@code localstack/tools/install} puts into this repository. */
  static Optional<Path> program(String name) {
    return Optional.of(repository().resolve(".tools").resolve(name)).filter(Files::isExecutable);
  }

  /** The folder of this repository, from wherever inside it the tests were started. */
  static Path repository() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), folder -> folder != null, folder -> folder.getParent())
        .filter(folder -> Files.isExecutable(folder.resolve("localstack/tools/install")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("start the tests inside the repository"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
