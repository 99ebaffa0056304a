package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.StoppedRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real clients push, copy, delete and pull for minutes while the collector goes round and the
 * server is killed every 20 seconds. {@code -Droadstead.soak.seconds} says how long; 300 it is.
 */
@RealClient(
    programs = {"crane", "skopeo", "dockerd", "docker", "containerd", "ctr"},
    root = true)
@Tag("long")
@Tag("embedded")
class CollectionSoakTest {
  private static final long SECONDS = Long.getLong("roadstead.soak.seconds", 300);
  private static final int KILL_EVERY_SECONDS = 20;

  /** Two days and a half pass, so that there is something to collect. */
  private static final long FASTER = Duration.ofHours(60).toSeconds() / SECONDS;

  private static final int IMAGES = 6;

  /** Sent in one request, and past the functions by clients that can. */
  private static final int LARGE_LAYER_BYTES = 5_000_000;

  @TempDir private Path folder;
  private final List<Daemon> daemons = new ArrayList<>();
  private List<SoakClient> clients = List.of();

  @BeforeEach
  void startClients() throws IOException {
    var docker = home("docker");
    daemons.add(DockerTest.dockerd(docker));
    var containerd = Containerd.start("containerd", "ctr", home("containerd"));
    daemons.add(containerd.daemon());
    clients =
        List.of(
            SoakClient.Crane.in(home("crane")),
            SoakClient.Skopeo.in(home("skopeo")),
            new SoakClient.Docker(DockerTest.docker(docker), SoakClient.Crane.in(docker)),
            new SoakClient.Ctr(containerd, SoakClient.Crane.in(home("ctr")), home("ctr")));
  }

  private Path home(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @AfterEach
  void stopClients() {
    daemons.forEach(Daemon::stop);
  }

  /**
   * With no grace at all a push may be told that a blob was collected before its manifest came, and
   * can be repeated; but what was pushed is whole as long as it is there.
   */
  @Test
  void withoutAnyGraceWhatIsThereIsWhole() {
    var registry =
        new SoakRegistry(
            folder,
            (port, data) ->
                RegistryProcess.launcher()
                    .and("up", "--port", port, "--data", data)
                    .and("--collect-every", "1s", "--collect-limit", 1_000_000)
                    .and("--grace", "0s", "--trash", "0s", "--untagged", "0s"));

    var soak = soak(registry, false);

    assertThat(soak.refused())
        .as("pushes refused")
        .allMatch(why -> why.toLowerCase(Locale.ROOT).matches("(?s).*blob[ _]unknown.*"));
  }

  /**
   * With a day's grace nothing that a client does ever fails, not even a pull of a tag that moves.
   * In five minutes time passes 720 times faster: the day has two.
   */
  @Test
  void withADaysGraceNoClientIsEverTroubled() {
    var since = System.currentTimeMillis();
    var java =
        new Command(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/sun.security.provider=ALL-UNNAMED",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            AcceleratedRegistry.class.getName());
    var registry = new SoakRegistry(folder, (port, data) -> java.and(port, data, FASTER, since));

    var soak = soak(registry, true);

    assertThat(soak.refused()).as("pushes refused").isEmpty();
  }

  /** Everything that is never allowed is looked for here. */
  private Soak soak(SoakRegistry registry, boolean movesUnderPulls) {
    var soak = new Soak(registry, images(), movesUnderPulls);
    run(soak, registry);
    soak.pullsEverythingThatIsThere(clients.getFirst());
    registry.stop();

    System.err.println("soak: " + soak.summary());
    soak.refused().stream().limit(3).forEach(why -> System.err.println("refused: " + why));
    assertThat(soak.broken()).as("broken").isEmpty();
    assertThat(soak.pulls()).as("pulls").isPositive();
    assertThat(registry.purged()).as("objects purged").isPositive();
    assertThat(StoppedRegistry.damage(registry.data())).isEmpty();
    RegistryProcess.launcher().run("fsck", "--bytes=all", "--data", registry.data());
    return soak;
  }

  /** Images of three seeds; those of one seed share two layers. */
  private List<ImageTar> images() {
    return IntStream.range(0, IMAGES)
        .mapToObj(
            n -> {
              int shared = n % 3 == 0 ? LARGE_LAYER_BYTES : 60_000;
              var here = folder.resolve("image" + n);
              return ImageTar.write(here, "soak" + n % 3, 40_000, shared, 1000 * (n + 1));
            })
        .toList();
  }

  private void run(Soak soak, SoakRegistry registry) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (var workers = Executors.newFixedThreadPool(clients.size())) {
      var running = new ArrayList<Future<?>>();
      for (var client : clients) {
        var random = new Random(running.size());
        running.add(
            workers.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    soak.step(client, random);
                  }
                }));
      }
      while (System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_EVERY_SECONDS) < end) {
        Thread.sleep(Duration.ofSeconds(KILL_EVERY_SECONDS));
        registry.kill();
      }
      for (var worker : running) {
        worker.get();
      }
    } catch (ExecutionException failed) {
      throw new AssertionError("a client failed otherwise", failed.getCause());
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
