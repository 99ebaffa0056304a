package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.Backend;
import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A registry as users start it: the very launcher, on a free port and an empty data folder.
 *
 * @param authority {@code 127.0.0.1:PORT}, the host part of every reference
 * @param data the data folder
 */
record RegistryProcess(Daemon daemon, String authority, Path data) implements AutoCloseable {
  /** What the whole process may ever have used, in kB as the kernel counts. */
  private static final long MEMORY_LIMIT_KB = 512 * 1024;

  /** Starts it; what it prints goes to two files in the folder, which must exist. */
  static RegistryProcess start(Path folder, Backend backend, Object... options) {
    var data = folder.resolve("data");
    var command =
        launcher()
            .and("up", "--port", 0, "--data", data)
            .and(TestBackend.options(backend).toArray())
            .and(options);
    var daemon = Daemon.start(command, folder);
    var url = daemon.awaitOutput("^ready (http://\\S+)\\R").group(1);
    return new RegistryProcess(daemon, URI.create(url).getAuthority(), data);
  }

  /** What users type before a command; {@code -Droadstead.command=PATH} names another launcher. */
  static Command launcher() {
    var path = Tools.repository().resolve("roadstead").toString();
    return new Command(Path.of(System.getProperty("roadstead.command", path)));
  }

  /** Fails when it has ever used more memory than it is said to. */
  void stayedWithinItsMemory() {
    try (var status = Files.lines(Path.of("/proc/" + daemon.pid() + "/status"))) {
      var peakKb =
          status
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum();
      assertThat(peakKb).as("peak memory in kB").isBetween(1L, MEMORY_LIMIT_KB);
    } catch (IOException e) {
      throw new AssertionError("the registry is not running any more", e);
    }
  }

  @Override
  public void close() {
    daemon.stop();
  }
}
