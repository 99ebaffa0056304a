package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Chunk;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.store.Item;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What collecting costs does not depend on what is alive: the same store calls among a thousand
 * blobs and among a hundred thousand. The times are printed, and judged by nobody here.
 */
@Tag("long")
class CollectionCostTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final int GARBAGE = 100;
  private static final int ROUNDS = 7;
  private static final int BLOBS_PER_TRANSACTION = 50;

  @TempDir private Path folder;

  private static final Map<String, Long> EACH =
      Map.of("snapshot", 100L, "transact", 100L, "delete", 100L);

  /** The queries for candidates are shared by all that a page has. */
  private static final double MAX_CALLS_FOR_EACH = 7;

  /** What one collection took. */
  private record Cost(Map<String, Long> calls, double millis) {
    double each() {
      return (double) calls.values().stream().mapToLong(n -> n).sum() / GARBAGE;
    }
  }

  @Test
  void isTheSameAmongAThousandAndAmongAHundredThousandBlobs() {
    var few = cost(1_000);
    var many = cost(100_000);
    System.err.printf(
        "collecting %d blobs: among 1,000 %.1f ms, among 100,000 %.1f ms, ratio %.2f;"
            + " store calls for each %.2f%n",
        GARBAGE, few.millis(), many.millis(), many.millis() / few.millis(), many.each());
    System.err.println("store calls: " + many.calls());
    assertThat(many.calls()).isEqualTo(few.calls());
    // Of each blob: link and blob are read and go to the trash; what waits there is read, marked,
    // deleted and forgotten.
    assertThat(many.calls()).containsAllEntriesOf(EACH);
    assertThat(many.each()).isLessThan(MAX_CALLS_FOR_EACH);
  }

  /** The best of some rounds, so that what else this machine does is left out. */
  private Cost cost(int alive) {
    var plan = new FaultPlan();
    var best = Double.MAX_VALUE;
    Map<String, Long> calls = Map.of();
    try (var data = DataFolder.open(folder.resolve("alive" + alive), new SecureRandom());
        var metadata = SqliteMetadataStore.open(data)) {
      var clock = InstantSource.system();
      var addresses = new ObjectAddress(data.secret(DataFolder.Secret.OBJECT_ADDRESSES), clock);
      var environment =
          new Environment(
              new FaultyMetadataStore(metadata, plan),
              new FaultyBlobStore(new FileBlobStore(data, UUID::randomUUID, addresses), plan),
              clock,
              UUID::randomUUID,
              RegistrySettings.DEFAULTS
                  .withLives(Duration.ZERO, Duration.ZERO, Optional.empty())
                  .withCollectionLimits(CollectionLimits.exactly(1_000_000)));
      fill(environment, alive);
      for (int round = 0; round < ROUNDS; round++) {
        pushGarbage(environment, round);
        plan.restart();
        long begin = System.nanoTime();
        var report = new Collector(environment).run();
        best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        calls =
            plan.calls().stream()
                .collect(Collectors.groupingBy(call -> call, Collectors.counting()));
        assertThat(report.purged()).isEqualTo(GARBAGE);
      }
    }
    return new Cost(calls, best);
  }

  /** Links and blobs as manifests leave them; their bytes are of no interest here. */
  private static void fill(Environment environment, int alive) {
    var writes = new ArrayList<Write>();
    for (int n = 0; n < alive; n++) {
      var digest = Digest.sha256(ByteBuffer.allocate(8).putInt(1).putInt(n).array());
      var object = "data/00/" + new UUID(0, n);
      writes.add(
          Write.create(
              Item.at(Keys.link(APP, digest))
                  .with("sizeBytes", 1000)
                  .with("objectKey", object)
                  .with("refs", 1)
                  .build()));
      writes.add(
          Write.create(
              Item.at(Keys.blob(digest))
                  .with("sizeBytes", 1000)
                  .with("objectKey", object)
                  .with("links", 1)
                  .build()));
      if (writes.size() == 2 * BLOBS_PER_TRANSACTION) {
        environment.metadata().transact(new Transaction(writes));
        writes.clear();
      }
    }
  }

  private static void pushGarbage(Environment environment, int round) {
    var uploads = new Uploads(environment);
    for (int n = 0; n < GARBAGE; n++) {
      var bytes = ByteBuffer.allocate(1000).putInt(2).putInt(round).putInt(n).array();
      var chunk =
          new Chunk(
              OptionalLong.empty(),
              OptionalLong.of(bytes.length),
              Channels.newChannel(new ByteArrayInputStream(bytes)));
      var session = uploads.start(APP, Optional.empty());
      uploads.finish(APP, session, Digest.sha256(bytes), chunk);
    }
  }
}
