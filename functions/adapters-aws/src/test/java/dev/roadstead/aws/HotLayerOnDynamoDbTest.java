package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.document.ManifestReader;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Chunk;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.FinishResult;
import dev.roadstead.registry.ManifestPut;
import dev.roadstead.registry.PutResult;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Repositories;
import dev.roadstead.registry.Safe;
import dev.roadstead.registry.StoredBytes;
import dev.roadstead.registry.Uploads;
import dev.roadstead.store.ContentionException;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Scan;
import dev.roadstead.store.StoreException;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A storm of pushes that share a layer, against a table that makes DynamoDB's conflicts ({@link
 * Conflicts}). Each push is a process of its own, as functions are. Time is virtual, so the figures
 * hardly depend on the machine.
 */
@org.junit.jupiter.api.Tag("long") // thousands of transactions
class HotLayerOnDynamoDbTest {
  /** How often a push is repeated when the server that stands in for DynamoDB is silent. */
  private static final int MAX_REPEATS = 3;

  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final long WINDOW_MICROS = 50_000;

  private final VirtualTime time = new VirtualTime();
  private final InMemoryBlobStore objects = new InMemoryBlobStore();
  private final Random chance = new Random(1);
  private final List<Duration> took = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private AwsStores stores(Conflicts conflicts) {
    var name = "storm-" + UUID.randomUUID();
    var endpoint = Optional.of(Servers.MOTO.running().address());
    return new AwsStores(
        new AwsSettings(name, name, endpoint, endpoint),
        TestStores.surroundings(),
        List.of(conflicts),
        new Retry(time, chance, time::pass));
  }

  private Environment environment(MetadataStore metadata) {
    return new Environment(metadata, objects, time, UUID::randomUUID, RegistrySettings.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource({"20, 1, true", "50, 1, true", "100, 1, true", "100, 1, false", "200, 1, true"})
  void everyPushOfManyAtOnceIsTaken(int pushes, int layers, boolean ofChecks)
      throws InterruptedException {
    var conflicts = new Conflicts(time, ofChecks);
    try (var stores = stores(conflicts)) {
      time.run(List.of(new VirtualTime.Task(Duration.ZERO, () -> prepare(stores, pushes, layers))));
      int before = conflicts.transactions();
      var tasks =
          IntStream.range(0, pushes)
              .mapToObj(n -> new VirtualTime.Task(somewhen(), () -> push(stores, n, layers)))
              .toList();
      time.run(tasks);
      took.sort(Duration::compareTo);
      System.err.printf(
          "%d pushes, %d layers, checks %b: %d refused, %d transactions, %d conflicts, half took %d ms, the longest %d ms%n",
          pushes,
          layers,
          ofChecks,
          refused.size(),
          conflicts.transactions() - before,
          conflicts.counts().values().stream().mapToInt(each -> each).max().orElse(0),
          took.get(took.size() / 2).toMillis(),
          took.getLast().toMillis());
      assertThat(refused).as("pushes that were refused").isEmpty();
      time.run(
          List.of(
              new VirtualTime.Task(
                  Duration.ZERO,
                  () ->
                      assertThat(Safe.violations(all(stores), StoredBytes.of(objects)))
                          .isEmpty())));
    }
  }

  private Duration somewhen() {
    return Duration.ofNanos(1000 * chance.nextLong(WINDOW_MICROS));
  }

  /** The table, the repository, and every blob; what is hot later is the layer and no config. */
  private void prepare(AwsStores stores, int pushes, int layers) {
    stores.setup().table();
    var environment = environment(stores.metadata());
    var uploads = new Uploads(environment);
    Stream.of(layers(layers)).forEach(layer -> upload(uploads, layer));
    IntStream.range(0, pushes).forEach(n -> upload(uploads, config(n)));
    upload(uploads, config(-1));
    put(environment, -1, layers);
  }

  private static byte[][] layers(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> ("layer " + n + " that all share").getBytes(StandardCharsets.UTF_8))
        .toArray(byte[][]::new);
  }

  private static byte[] config(int number) {
    return ("config " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static void upload(Uploads uploads, byte[] blob) {
    var session = uploads.start(REPOSITORY, Optional.empty());
    var chunk =
        new Chunk(
            OptionalLong.of(0),
            OptionalLong.of(blob.length),
            Channels.newChannel(new ByteArrayInputStream(blob)));
    assertThat(uploads.finish(REPOSITORY, session, Digest.sha256(blob), chunk))
        .isInstanceOf(FinishResult.Created.class);
  }

  private void push(AwsStores stores, int number, int layers) {
    var began = time.passed();
    for (int repeat = 0; repeat <= MAX_REPEATS; repeat++) {
      try {
        put(environment(stores.metadata()), number, layers);
        took.add(time.passed().minus(began));
        return;
      } catch (ContentionException tooBusy) {
        refused.add(String.valueOf(tooBusy.getMessage()));
        return;
      } catch (StoreException silent) {
        System.err.println("repeated: " + silent.getMessage());
      }
    }
    throw new AssertionError("the server that stands in for DynamoDB does not answer");
  }

  private static void put(Environment environment, int number, int layers) {
    var manifest = TestClient.manifest(config(number), layers(layers));
    var puts = new ManifestPut(environment, new Claims(environment), new Repositories(environment));
    var push =
        new ManifestPut.Push(
            REPOSITORY,
            Optional.of(new Tag("v" + (number + 1))),
            Digest.sha256(manifest),
            ManifestReader.read(Optional.empty(), manifest),
            manifest,
            Caller.ANONYMOUS,
            "push");
    assertThat(puts.put(push)).isInstanceOf(PutResult.Stored.class);
  }

  private static List<Item> all(AwsStores stores) {
    var all = new ArrayList<Item>();
    Optional<Key> after = Optional.empty();
    do {
      var page = stores.metadata().scan(after, Scan.MAX_LIMIT);
      all.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return all;
  }
}
