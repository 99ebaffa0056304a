package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads that see one item of a transaction and not yet another never answer a false 404. */
class TornReadsTest {
  private static final List<TestImage> IMAGES =
      List.of(
          TestImage.numbered(1),
          TestImage.withNoise(3 * 1024),
          TestImage.withNoise(100 * 1024),
          TestImage.withNoise(600 * 1024));

  /** What changed between two states of a store. */
  private static List<Key> changed(InMemoryMetadataStore before, InMemoryMetadataStore now) {
    return Stream.concat(before.all().stream(), now.all().stream())
        .filter(
            item ->
                !before
                    .get(item.key(), Consistency.STRONG)
                    .equals(now.get(item.key(), Consistency.STRONG)))
        .map(Item::key)
        .distinct()
        .toList();
  }

  /** Every way in which some of the items are seen and others are not. */
  private static Stream<Predicate<Key>> everyView(List<Key> changed) {
    return IntStream.range(0, 1 << changed.size())
        .mapToObj(seen -> key -> (seen >> changed.indexOf(key) & 1) == 1 || !changed.contains(key));
  }

  private static Client reader(
      World world, InMemoryMetadataStore before, Predicate<Key> strong, Predicate<Key> eventual) {
    var store = new TornReads(before, TornReads.copy(world.all()), strong, eventual);
    var process = world.processOn(store, world.objects());
    return new Client(world, () -> process, APP);
  }

  @Test
  void aManifestThatCanBeSeenCanBePulled() {
    for (var image : IMAGES) {
      var world = new World();
      world.client(APP).pushParts(image);
      var before = TornReads.copy(world.all());
      Client.stored(world.client(APP).put(image, "latest"));
      everyView(changed(before, TornReads.copy(world.all())))
          .forEach(view -> pullsWhatItSees(reader(world, before, view, view), view, image));
    }
  }

  private static void pullsWhatItSees(Client client, Predicate<Key> view, TestImage image) {
    if (view.test(Keys.tag(APP, new Tag("latest")))) {
      client.pulls("latest", image);
    }
    if (view.test(Keys.manifest(APP, image.manifest().digest()))) {
      client.pulls(image.manifest().digest().toString(), image);
    }
  }

  @Test
  void aTagThatIsMovedIsPulledAsItWasOrAsItIs() {
    for (var image : IMAGES) {
      var world = new World();
      world.client(APP).push(TestImage.numbered(7), "latest");
      world.client(APP).pushParts(image);
      var before = TornReads.copy(world.all());
      Client.stored(world.client(APP).put(image, "latest"));
      everyView(changed(before, TornReads.copy(world.all())))
          .forEach(
              view -> {
                var client = reader(world, before, view, view);
                var now = view.test(Keys.tag(APP, new Tag("latest")));
                client.pulls("latest", now ? image : TestImage.numbered(7));
              });
    }
  }

  @Test
  void whatWasPushedIsFoundHoweverLateEventualReadsAre() {
    for (var image : IMAGES) {
      var world = new World();
      var before = TornReads.copy(world.all());
      world.client(APP).push(image, "latest");
      var client = reader(world, before, key -> true, key -> false);
      client.pulls("latest", image);
      client.pulls(image.manifest().digest().toString(), image);
      image.blobs().forEach(blob -> assertThat(client.has(blob)).isTrue());
      var mounted =
          world
              .processOn(
                  new TornReads(before, TornReads.copy(world.all()), key -> true, key -> false),
                  world.objects())
              .blobs()
              .mount(World.OTHER, image.blobs().getFirst().digest(), Optional.of(APP));
      assertThat(mounted).isTrue();
      world.isSafe();
    }
  }
}
