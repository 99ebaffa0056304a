package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A registry with everything that takes more than one transaction, each standing still in its
 * middle: a put, a manifest's deletion, a repository's deletion.
 */
public final class HalfWayRegistry {
  private static final RepositoryName LEAVING = new RepositoryName("library/leaving");
  private static final TestImage WHOLE = TestImage.numbered(1);
  private static final TestImage COMING = image("coming");
  private static final TestImage GOING = image("going");

  /** Into the deletion of a manifest: the mark is set, and one chunk is counted off. */
  private static final int CALLS_OF_A_DELETION = 5;

  /** Into the deletion of a repository: the mark is set. */
  private static final int CALLS_OF_A_REPOSITORY_DELETION = 3;

  private HalfWayRegistry() {}

  /** One that names more than one transaction takes. */
  private static TestImage image(String name) {
    var layers = IntStream.range(0, 95).mapToObj(n -> TestBlob.of(name + " layer " + n));
    return TestImage.of(TestBlob.of(name + " config"), layers.toArray(TestBlob[]::new));
  }

  /** Begins one in a new world. */
  static World begin() {
    var world = new World();
    var client = world.client(APP);
    client.push(WHOLE, "whole");
    var missing = COMING.blobs().getLast();
    COMING.blobs().stream().filter(blob -> !blob.equals(missing)).forEach(client::push);
    client.put(COMING, "coming");
    client.push(GOING, "going");
    world.crashes(CALLS_OF_A_DELETION, When.BEFORE, () -> world.client(APP).delete(GOING));
    world.client(LEAVING).push(TestImage.numbered(2), "leaving");
    world.crashes(
        CALLS_OF_A_REPOSITORY_DELETION,
        When.BEFORE,
        () -> new RepositoryDelete(world.process().environment()).delete(LEAVING, Client.CALLER));
    world.isSafe();
    return world;
  }

  /** The keys of its records. */
  public static List<Key> keys() {
    return begin().all().stream().map(Item::key).toList();
  }

  /** Whether a record is one that a registry has only in the middle of something. */
  static boolean isHalfWay(Item item) {
    return item.key().partition().endsWith("#P")
        || item.textIfAny("state").filter(Set.of("STAGED", "DELETING")::contains).isPresent();
  }

  /** Says that what was whole still is, and that the collector ends the rest. */
  static void ends(World world) {
    world.client(APP).pulls("whole", WHOLE);
    world.passes(Duration.ofHours(2));
    CollectorCrashContract.collect(world.bystander());
    world.client(APP).pulls("whole", WHOLE);
    world.isSafe();
  }
}
