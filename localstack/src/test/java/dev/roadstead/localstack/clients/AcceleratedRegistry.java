package dev.roadstead.localstack.clients;

import dev.roadstead.localstack.LocalOptions;
import dev.roadstead.localstack.LocalRegistry;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.RegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A registry in a process of its own, for which time passes faster. */
final class AcceleratedRegistry {
  private AcceleratedRegistry() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments port, data folder, how much faster, and since when in milliseconds: from then
   *     on its clock is ahead, so that it goes on where a killed process stopped
   */
  public static void main(String... arguments) throws IOException, InterruptedException {
    long factor = Long.parseLong(arguments[2]);
    var since = Instant.ofEpochMilli(Long.parseLong(arguments[3]));
    var day = Duration.ofHours(24);
    var settings =
        new RegistrySettings(
            day,
            day,
            day,
            Duration.ofHours(6),
            RegistrySettings.DEFAULTS.readLife(),
            Optional.of(day),
            CollectionLimits.exactly(1_000_000),
            false,
            true);
    var options =
        new LocalOptions(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(arguments[0]),
                Path.of(arguments[1]),
                true,
                false)
            .with(settings)
            .collectingEvery(Duration.ofMillis(1));
    var registry =
        LocalRegistry.start(
            options, () -> since.plus(Duration.between(since, Instant.now()).multipliedBy(factor)));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(registry)));
    System.out.println("ready http://127.0.0.1:" + registry.port());
    Thread.currentThread().join();
  }

  /** SIGTERM is how it is asked to end, and no failure. */
  private static void end(LocalRegistry registry) {
    registry.close();
    Runtime.getRuntime().halt(0);
  }
}
