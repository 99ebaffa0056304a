package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A registry that has a record of every kind, with every attribute, and nothing half-way. */
public final class FullRegistry {
  private static final RepositoryName GONE = new RepositoryName("library/gone");
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);
  private static final TestImage INDEX = TestImage.index(Optional.empty(), FIRST, SECOND);
  private static final TestImage SIGNATURE =
      TestImage.about(FIRST, "application/vnd.example.signature", 1);
  private static final TestImage OWN_RECORD = TestImage.withNoise(20 * 1024);
  private static final TestImage DELETED = TestImage.numbered(3);

  private FullRegistry() {}

  /** Begins one in a new world. */
  static World begin() {
    var crowd = CrowdedStore.over(new InMemoryMetadataStore());
    var world = new World(RegistrySettings.DEFAULTS, crowd);
    var client = world.client(APP);
    client.push(TestBlob.of("a blob that is collected"));
    world.passes(Duration.ofDays(2));
    CollectorCrashContract.collect(world.bystander());
    world.client(GONE).push(FIRST, "gone");
    new RepositoryDelete(world.bystander().environment()).delete(GONE, Client.CALLER);
    client.push(INDEX, "1.0");
    client.push(FIRST, "latest");
    client.push(SECOND, "latest");
    client.push(SIGNATURE, SIGNATURE.manifest().digest().toString());
    client.push(OWN_RECORD, "own");
    client.push(DELETED, "old");
    client.delete(DELETED);
    client.push(SECOND, "gone");
    client.untag("gone");
    world.client(OTHER).push(FIRST, "copy");
    spread(crowd, client);
    var waste = TestBlob.of("a blob that nothing names");
    client.push(waste);
    client.delete(waste);
    client.post();
    client.patch(client.post(), "the first bytes".getBytes(StandardCharsets.UTF_8));
    var cancelled = client.post();
    client.patch(cancelled, new byte[] {1, 2, 3});
    client.cancel(cancelled);
    client.cancel(client.post());
    world.isSafe();
    return world;
  }

  /** So many push that a link and its repository are spread. */
  private static void spread(CrowdedStore crowd, Client client) {
    var layer = FIRST.blobs().getLast();
    crowd.crowded().addAll(List.of(Keys.repository(APP), Keys.link(APP, layer.digest())));
    client.push(TestImage.of(TestBlob.of("{}"), layer), "crowd");
    crowd.crowded().clear();
  }

  /** The keys of its records. */
  public static List<Key> keys() {
    return begin().all().stream().map(Item::key).toList();
  }

  /** Says that everything can be pulled. */
  static void pulls(World world) {
    var client = world.client(APP);
    client.pulls("1.0", INDEX);
    client.pulls("latest", SECOND);
    client.pulls("own", OWN_RECORD);
    client.pulls(SIGNATURE.manifest().digest().toString(), SIGNATURE);
    assertThat(client.referrers(FIRST)).hasSize(1);
    world.client(OTHER).pulls("copy", FIRST);
  }

  /** Pushes everything again. */
  static void push(World world) {
    var client = world.client(APP);
    client.push(INDEX, "1.0");
    client.push(SECOND, "latest");
    client.push(SIGNATURE, SIGNATURE.manifest().digest().toString());
    client.push(OWN_RECORD, "own");
    world.client(OTHER).push(FIRST, "copy");
  }
}
