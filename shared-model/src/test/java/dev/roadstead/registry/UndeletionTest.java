package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.CrashSweep.Story;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.Undeletion.Outcome;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Query;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What was deleted comes back whole, or not at all; and what is being purged does not come back.
 */
class UndeletionTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);
  private static final TestImage INDEX = TestImage.index(Optional.empty(), FIRST, SECOND);
  private static final TestImage LARGE = TestImage.withNoise(600 * 1024);

  private static Digest digest(TestImage image) {
    return image.manifest().digest();
  }

  private static Undeletion undeletion(TestProcess process) {
    return new Undeletion(process.environment(), process.claims(), process.repositories());
  }

  private static Outcome undelete(TestProcess process, TestImage image) {
    return undeletion(process).manifest(APP, digest(image), Client.CALLER);
  }

  /** Deletes an image, and its blobs too, so that they are in the trash. */
  private static void deleteAll(Client client, TestImage image) {
    client.delete(image);
    image.blobs().forEach(client::delete);
  }

  /** Purges everything in the trash that can be got back. */
  private static void purge(World world) {
    var purge = new Purge(world.bystander().environment());
    world.all().stream()
        .filter(item -> item.key().partition().startsWith("X#"))
        .map(TrashRecord::of)
        .filter(trash -> trash.reason().isBlob())
        .forEach(purge::run);
  }

  @Test
  void bringsAManifestBackWithItsTagsAndBlobs() {
    var world = new World();
    var client = world.client(APP);
    client.push(FIRST, "1.0");
    client.put(FIRST, "latest");
    deleteAll(client, FIRST);
    client.misses("1.0");
    assertThat(undelete(world.process(), FIRST))
        .isEqualTo(
            new Outcome.Restored(
                List.of(digest(FIRST)), List.of(new Tag("1.0"), new Tag("latest")), List.of()));
    client.pulls("1.0", FIRST);
    client.pulls("latest", FIRST);
    world.isSafe();
    assertThat(undelete(world.process(), FIRST)).isEqualTo(new Outcome.Unknown());
  }

  @Test
  void leavesATagWhereItIsByNow() {
    var world = new World();
    var client = world.client(APP);
    client.push(FIRST, "latest");
    client.delete(FIRST);
    client.push(SECOND, "latest");
    assertThat(undelete(world.process(), FIRST))
        .isEqualTo(
            new Outcome.Restored(List.of(digest(FIRST)), List.of(), List.of(new Tag("latest"))));
    client.pulls("latest", SECOND);
    client.pulls(digest(FIRST).toString(), FIRST);
    world.isSafe();
  }

  @Test
  void bringsAnIndexBackWithWhatItNames() {
    var world = new World();
    var client = world.client(APP);
    client.push(INDEX, "latest");
    client.delete(INDEX);
    deleteAll(client, FIRST);
    deleteAll(client, SECOND);
    assertThat(undelete(world.process(), INDEX))
        .isInstanceOfSatisfying(
            Outcome.Restored.class, back -> assertThat(back.manifests()).hasSize(3));
    client.pulls("latest", INDEX);
    world.isSafe();
  }

  @Test
  void bringsABodyBackThatIsAnObject() {
    var world = new World();
    var client = world.client(APP);
    client.push(LARGE, "latest");
    client.delete(LARGE);
    assertThat(undelete(world.process(), LARGE)).isInstanceOf(Outcome.Restored.class);
    client.pulls("latest", LARGE);
    world.isSafe();
  }

  @Test
  void takesABlobFromAnotherRepositoryThatHasIt() {
    var world = new World();
    world.client(APP).push(FIRST, "latest");
    world.client(OTHER).push(FIRST, "copy");
    deleteAll(world.client(APP), FIRST);
    assertThat(undelete(world.process(), FIRST)).isInstanceOf(Outcome.Restored.class);
    world.client(APP).pulls("latest", FIRST);
    world.isSafe();
  }

  @Test
  void saysWhatIsGoneForGoodAndBringsNothingBack() {
    var world = new World();
    var client = world.client(APP);
    client.push(INDEX, "latest");
    client.delete(INDEX);
    client.delete(FIRST);
    deleteAll(client, SECOND);
    purge(world);
    var before = world.all();
    assertThat(undelete(world.process(), INDEX))
        .isInstanceOfSatisfying(
            Outcome.Incomplete.class,
            left ->
                assertThat(left.gone())
                    .containsExactlyInAnyOrderElementsOf(
                        SECOND.blobs().stream().map(TestBlob::digest).toList()));
    assertThat(world.all()).isEqualTo(before);
    world.isSafe();
  }

  @Test
  void knowsNothingOfWhatWasNeverThere() {
    var world = new World();
    assertThat(undelete(world.process(), FIRST)).isEqualTo(new Outcome.Unknown());
    world.client(APP).push(FIRST, "latest");
    assertThat(undelete(world.process(), FIRST)).isEqualTo(new Outcome.Unknown());
  }

  @Test
  void listsWhatCanComeBack() {
    var world = new World();
    var client = world.client(APP);
    client.push(FIRST, "latest");
    client.push(SECOND, "other");
    client.delete(FIRST);
    world.passes(Duration.ofMinutes(1));
    client.delete(SECOND);
    var list = undeletion(world.process()).list(APP, Optional.empty());
    assertThat(list.tombstones())
        .extracting(TombstoneRecord::digest)
        .containsExactly(digest(FIRST), digest(SECOND));
    assertThat(list.tombstones().getFirst().tags()).containsExactly("latest");
    assertThat(list.next()).isEmpty();
  }

  @Test
  void aCrashLeavesSomethingThatCanBeGoneOnWith() {
    for (var image : List.of(FIRST, INDEX)) {
      CrashSweep.sweep(
          world -> {
            var client = world.other(APP);
            client.push(image, "latest");
            client.delete(image);
            image.images().forEach(each -> deleteAll(client, each));
            image.blobs().forEach(client::delete);
            return new Story(
                () -> undelete(world.process(), image),
                () -> world.client(APP).pulls("latest", image));
          });
    }
  }

  @Test
  void ofUndeletingAndPurgingExactlyOneWins() {
    Interleaving.sweep(
        world -> {
          var client = world.other(APP);
          client.push(FIRST, "latest");
          deleteAll(client, FIRST);
          var outcome = new AtomicReference<Outcome>(new Outcome.Unknown());
          return new Race(
              () -> outcome.set(undelete(world.process(), FIRST)),
              () -> purge(world),
              () -> {
                switch (Objects.requireNonNull(outcome.get())) {
                  case Outcome.Restored restored -> client.pulls("latest", FIRST);
                  case Outcome.Incomplete incomplete -> {
                    client.misses("latest");
                    assertThat(incomplete.gone()).isNotEmpty();
                  }
                  case Outcome.Unknown unknown -> throw new AssertionError(unknown);
                }
              });
        });
  }

  @Test
  void aPurgeMeetsAnUndeletion() {
    Interleaving.sweep(
        world -> {
          var client = world.other(APP);
          client.push(FIRST, "latest");
          deleteAll(client, FIRST);
          var trash =
              world.all().stream()
                  .filter(item -> item.key().partition().startsWith("X#"))
                  .map(TrashRecord::of)
                  .toList();
          var purge = new Purge(world.process().environment());
          var outcome = new AtomicReference<Outcome>(new Outcome.Unknown());
          return new Race(
              () -> trash.forEach(purge::run),
              () -> outcome.set(undelete(world.bystander(), FIRST)),
              () -> {
                if (outcome.get() instanceof Outcome.Restored) {
                  client.pulls("latest", FIRST);
                } else {
                  client.misses("latest");
                }
              });
        });
  }

  @Test
  void undeletingMeetsAPushOfTheSame() {
    Interleaving.sweep(
        world -> {
          var client = world.other(APP);
          client.push(FIRST, "latest");
          deleteAll(client, FIRST);
          return new Race(
              () -> undelete(world.process(), FIRST),
              () -> client.push(FIRST, "latest"),
              () -> client.pulls("latest", FIRST));
        });
  }

  @Test
  void whatComesBackIsInTheTrashNoMore() {
    var world = new World();
    var client = world.client(APP);
    client.push(FIRST, "latest");
    deleteAll(client, FIRST);
    undelete(world.process(), FIRST);
    for (var blob : FIRST.blobs()) {
      var partition = Keys.trash(blob.digest());
      assertThat(world.items().query(Query.of(partition, 10)).items()).isEmpty();
    }
    purge(world);
    client.pulls("latest", FIRST);
    assertThat(world.items().get(Keys.repository(APP), Consistency.STRONG)).isPresent();
  }
}
