package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.store.MetadataStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The same, with every crash, and everybody else between any two store calls. */
class StripesTest implements StripesContract {
  @Override
  public MetadataStore emptyStore() {
    return new InMemoryMetadataStore();
  }

  /** What may come in between. */
  private static final List<Consumer<World>> OTHERS =
      List.of(
          StripesContract::collect,
          world -> world.other(APP).delete(FIRST),
          world -> world.other(APP).delete(SECOND),
          world -> world.other(APP).delete(LAYER),
          world -> tryToPush(world.other(APP)),
          world -> new Stripes(world.bystander().environment()).foldLink(APP, LAYER.digest()),
          world -> new Stripes(world.bystander().environment()).foldRepository(APP),
          world ->
              new RepositoryDelete(world.bystander().environment()).delete(APP, Client.CALLER));

  private static final List<Consumer<World>> FIRSTS =
      List.of(
          world -> tryToPush(world.client(APP)),
          world -> CollectorCrashContract.collect(world.process()),
          world -> world.client(APP).delete(LAYER),
          world -> new RepositoryDelete(world.process().environment()).delete(APP, Client.CALLER),
          world -> new Fsck(world.process().environment(), Progress.NONE).repair(Depth.NONE));

  @Test
  void nothingIsLostWhateverComesBetweenTwoCalls() {
    for (var first : FIRSTS) {
      for (var second : OTHERS) {
        Interleaving.sweep(
            StripesTest::idleAndSpread,
            world -> new Race(() -> first.accept(world), () -> second.accept(world), () -> {}));
      }
    }
  }

  /** The manifest at the stripe is there, and the collector is to look at the link. */
  private static World idleAndSpread() {
    var world = StripesContract.spread(CrowdedStore.over(new InMemoryMetadataStore()));
    world.client(APP).delete(FIRST);
    world.passes(LONG);
    world.client(APP).push(THIRD.blobs().getFirst());
    return world;
  }

  /** It may be refused, when what it needs has just been deleted. */
  private static void tryToPush(Client client) {
    var _ = client.put(THIRD, "3");
  }

  @Test
  void nothingIsLostWhereverAProcessDies() {
    for (var first : FIRSTS) {
      for (var when : When.values()) {
        int call = 0;
        boolean crashed = true;
        while (crashed) {
          var world = idleAndSpread();
          crashed = world.crashes(call++, when, () -> first.accept(world));
          world.isSafe();
        }
      }
    }
  }

  @Test
  void aPushThatDiesWhileItSpreadsLeavesNothingHalf() {
    for (var when : When.values()) {
      int call = 0;
      boolean crashed = true;
      while (crashed) {
        var crowd = CrowdedStore.over(new InMemoryMetadataStore());
        var world = new World(RegistrySettings.DEFAULTS, crowd);
        world.client(APP).push(FIRST, "1");
        crowd.crowded().addAll(List.of(LINK, REPOSITORY));
        crashed = world.crashes(call++, when, () -> world.client(APP).push(SECOND, "2"));
        world.isSafe();
      }
    }
  }
}
