package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A repair runs while clients push, move and delete, before each of its store calls; and it dies
 * before and after each of them. Whatever the order, nothing that is right becomes wrong.
 */
class RepairRaceTest {
  private static final TestBlob LAYER = TestBlob.of("a layer that all images share");
  private static final TestImage FIRST = TestImage.of(TestBlob.of("{}"), LAYER);
  private static final TestImage SECOND = TestImage.of(TestBlob.of("{ }"), LAYER);
  private static final TestImage THIRD = TestImage.of(TestBlob.of("{  }"), LAYER);
  private static final TestImage INDEX = TestImage.index(Optional.empty(), FIRST);

  private static final Key LINK = Keys.link(APP, LAYER.digest());
  private static final Key BLOB = Keys.blob(LAYER.digest());
  private static final Key MANIFEST = Keys.manifest(APP, FIRST.manifest().digest());

  /** What may be wrong. */
  private static final List<Consumer<World>> DAMAGE =
      List.of(
          world -> add(world, LINK, "refs", 1),
          world -> add(world, LINK, "refs", -1),
          world -> add(world, BLOB, "links", 1),
          world -> add(world, BLOB, "links", -1),
          world -> add(world, MANIFEST, "tags", 1),
          world -> add(world, MANIFEST, "parents", 1),
          world -> world.items().write(new Write.Delete(LINK, Condition.NONE)),
          world -> world.items().write(new Write.Delete(BLOB, Condition.NONE)),
          world -> world.items().write(new Write.Delete(MANIFEST, Condition.NONE)));

  /** What clients do meanwhile; each leaves the counts as they were, or moves them. */
  private static final List<Consumer<World>> CLIENTS =
      List.of(
          world -> world.other(APP).put(THIRD, "third"),
          world -> {
            world.other(APP).delete(SECOND);
            world.other(APP).put(THIRD, "third");
          },
          world -> {
            world.bystander().blobs().mount(OTHER, LAYER.digest(), Optional.of(APP));
            world.other(OTHER).delete(LAYER);
          },
          world -> {
            world.other(APP).put(SECOND, "latest");
            world.other(APP).put(FIRST, "latest");
          },
          world -> world.other(APP).untag("latest"));

  private static World begun() {
    var world = new World();
    var client = world.other(APP);
    client.push(FIRST, "latest");
    client.push(SECOND, "second");
    client.push(INDEX, "index");
    client.pushParts(THIRD);
    world.isSafe();
    return world;
  }

  private static void add(World world, Key key, String counter, long delta) {
    world.items().write(new Write.Update(key, List.of(Change.add(counter, delta)), Condition.NONE));
  }

  private static void repair(TestProcess process) {
    new Fsck(process.environment(), Progress.NONE).repair(Depth.NONE);
  }

  @Test
  void clientsMayComeBetweenAnyTwoCallsOfARepair() {
    for (var damage : DAMAGE) {
      for (var clients : CLIENTS) {
        int call = 0;
        while (isInterrupted(damage, clients, call)) {
          call++;
        }
        assertThat(call).isPositive();
      }
    }
  }

  private static boolean isInterrupted(Consumer<World> damage, Consumer<World> clients, int call) {
    var world = begun();
    damage.accept(world);
    boolean wasTooLow = !tooLow(world).isEmpty();
    var interruptions = new AtomicInteger();
    world
        .faults()
        .actBefore(
            call,
            () -> {
              interruptions.incrementAndGet();
              attempt(clients, world);
            });
    repair(world.process());
    if (!wasTooLow) {
      assertThat(tooLow(world)).as("counts that are too low, before call %d", call).isEmpty();
    }
    // What the clients have kept it from is mended by the next one.
    repair(world.bystander());
    world.isSafe();
    return interruptions.get() > 0;
  }

  /** What is damaged may refuse what clients want of it. */
  private static void attempt(Consumer<World> clients, World world) {
    try {
      clients.accept(world);
    } catch (StoreException refused) {
      assertThat(refused).hasMessageMatching(".*(faster|too busy).*");
    }
  }

  /** A count that is too low lets the collector delete what is in use. */
  private static List<String> tooLow(World world) {
    return Safe.violations(world).stream()
        .filter(violation -> violation.matches(".* has (refs|links|tags|parents) .*"))
        .filter(
            violation -> {
              var numbers = violation.replaceAll(".*\\[(-?[0-9]+)], right is ([0-9]+)", "$1 $2");
              var pair = numbers.split(" ", -1);
              return Long.parseLong(pair[0]) < Long.parseLong(pair[1]);
            })
        .toList();
  }

  @Test
  void aRepairMayDieAtAnyCall() {
    for (var damage : DAMAGE) {
      for (var when : When.values()) {
        int call = 0;
        boolean crashed = true;
        while (crashed) {
          var world = begun();
          damage.accept(world);
          crashed = world.crashes(call, when, () -> repair(world.process()));
          repair(world.bystander());
          world.isSafe();
          world.other(APP).pulls("latest", FIRST);
          world.other(APP).pulls("index", INDEX);
          call++;
        }
      }
    }
  }

  @Test
  void aBackupFromTheMiddleOfATransactionIsMended() {
    // Part of a push is there and part of it is not: every subset of what the last step wrote.
    var before = begun();
    var after = begun();
    after.other(APP).put(THIRD, "latest");
    var changed = after.all().stream().filter(item -> !before.all().contains(item)).toList();
    for (int subset = 0; subset < 1 << changed.size(); subset++) {
      var world = begun();
      for (int i = 0; i < changed.size(); i++) {
        if ((subset & (1 << i)) != 0) {
          store(world, changed.get(i));
        }
      }
      repair(world.bystander());
      world.isSafe();
      world.other(APP).pulls(FIRST.manifest().digest().toString(), FIRST);
      world.other(APP).pulls("index", INDEX);
    }
  }

  private static void store(World world, Item item) {
    world.items().write(new Write.Put(item, Condition.NONE));
  }
}
