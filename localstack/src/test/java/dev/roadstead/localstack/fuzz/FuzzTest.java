package dev.roadstead.localstack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.LocalOptions;
import dev.roadstead.localstack.LocalRegistry;
import dev.roadstead.localstack.StoppedRegistry;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.RegistrySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever comes over the wire, the registry answers, and answers no 5xx; and when it is over, the
 * stores hold together. Several clients ask at once. A failure names its seed; {@code
 * -Droadstead.fuzz.seed=} plays the same requests again, though they need not arrive in the same
 * order.
 */
class FuzzTest {
  private static final int CLIENTS = 4;
  private static final int ROUNDS = 6;

  /** Requests that none of these answers would not be worth the name. */
  private static final Set<Integer> USUAL = Set.of(200, 201, 202, 204, 400, 404);

  private static final RegistrySettings EAGER_SETTINGS =
      RegistrySettings.DEFAULTS
          .withSparseIndexes(true)
          .withLives(Duration.ZERO, Duration.ZERO, Optional.of(Duration.ZERO))
          .withCollectionLimits(CollectionLimits.exactly(1_000_000));
  private static final Duration EAGER_PAUSE = Duration.ofSeconds(1);

  /** How long the long run takes. */
  private static final Duration LONG =
      Duration.ofMinutes(Long.getLong("roadstead.fuzz.minutes", 4));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void survivesWhateverComes(boolean eager, @TempDir Path data) throws IOException {
    survives(data, eager, Long.getLong("roadstead.fuzz.seed", new Random().nextLong()));
  }

  @Test
  @Tag("long")
  void survivesWhateverComesForMinutes() throws IOException {
    var end = Instant.now().plus(LONG);
    for (int registry = 0; Instant.now().isBefore(end); registry++) {
      var data = Files.createTempDirectory("fuzz");
      try {
        survives(data, registry % 2 == 0, new Random().nextLong());
      } finally {
        delete(data);
      }
    }
  }

  /**
   * Fuzzes one registry.
   *
   * @param eager whether it takes sparse indexes and its collector, once a second, all it can get
   */
  private static void survives(Path data, boolean eager, long seed) throws IOException {
    var asItComes = new LocalOptions(InetAddress.getLoopbackAddress(), 0, data, true, false);
    var options = eager ? asItComes.with(EAGER_SETTINGS).collectingEvery(EAGER_PAUSE) : asItComes;
    try {
      try (var registry = LocalRegistry.start(options)) {
        assertThat(play(registry.port(), new Random(seed))).containsAll(USUAL);
      }
      assertThat(StoppedRegistry.violations(data, options.backend())).isEmpty();
    } catch (AssertionError | RuntimeException failed) {
      throw new AssertionError("play it again with -Droadstead.fuzz.seed=" + seed, failed);
    }
  }

  /** Lets all clients play, and tells which statuses they saw. */
  private static Set<Integer> play(int port, Random seeds) {
    var statuses = new ConcurrentSkipListSet<Integer>();
    var clients = new ArrayList<CompletableFuture<Void>>();
    for (int client = 0; client < CLIENTS; client++) {
      var rounds = Stream.generate(() -> new Round(port, seeds.nextLong())).limit(ROUNDS).toList();
      clients.add(
          CompletableFuture.runAsync(
              () -> rounds.forEach(round -> statuses.addAll(round.play())),
              Thread::startVirtualThread));
    }
    try {
      clients.forEach(CompletableFuture::join);
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof AssertionError wrong) {
        throw wrong;
      }
      throw failed;
    }
    return statuses;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
