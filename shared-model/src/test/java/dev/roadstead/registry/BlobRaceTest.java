package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Blobs.Deletion;
import dev.roadstead.registry.Interleaving.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mounts and deletions of blobs meet other requests, in every order of their store calls. */
class BlobRaceTest {
  private static final RepositoryName THIRD = new RepositoryName("library/third");
  private static final TestBlob LAYER = TestBlob.random(1, 1000);
  private static final TestImage IMAGE = TestImage.of(TestBlob.of("{}"), LAYER);

  private static boolean mount(TestProcess process, RepositoryName to, RepositoryName from) {
    return process.blobs().mount(to, LAYER.digest(), Optional.of(from));
  }

  @Test
  void ofAMountAndTheDeletionOfItsSourceEitherLeavesAWholeBlob() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          var mounted = new ArrayList<Boolean>();
          return new Race(
              () -> mounted.add(mount(world.process(), APP, OTHER)),
              () -> world.other(OTHER).delete(LAYER),
              () -> {
                assertThat(world.client(APP).has(LAYER)).isEqualTo(mounted.contains(true));
                assertThat(world.client(OTHER).has(LAYER)).isFalse();
              });
        });
  }

  @Test
  void aMountFromAnywhereMeetsTheDeletionOfTheLastLink() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          var mounted = new ArrayList<Boolean>();
          return new Race(
              () ->
                  mounted.add(world.process().blobs().mount(APP, LAYER.digest(), Optional.empty())),
              () -> world.other(OTHER).delete(LAYER),
              () -> assertThat(world.client(APP).has(LAYER)).isEqualTo(mounted.contains(true)));
        });
  }

  @Test
  void aMountLinksTheBlobAsItIsWhenItDiesAndIsBornAgain() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          return new Race(
              () -> assertThat(mount(world.process(), APP, OTHER)).isTrue(),
              () -> {
                world.other(OTHER).delete(LAYER);
                world.other(OTHER).push(LAYER);
              },
              () -> world.client(APP).pulls(LAYER));
        });
  }

  @Test
  void aMountMeetsAnUploadOfTheSameBlob() {
    sweep(
        world -> {
          world.other(OTHER).push(LAYER);
          return new Race(
              () -> assertThat(mount(world.process(), APP, OTHER)).isTrue(),
              () -> world.other(APP).push(LAYER),
              () -> world.client(APP).pulls(LAYER));
        });
  }

  @Test
  void aMountOfWhatIsThereIsDone() {
    var world = new World();
    world.client(APP).push(LAYER);
    assertThat(mount(world.process(), APP, APP)).isTrue();
    assertThat(mount(world.process(), OTHER, APP)).isTrue();
    assertThat(mount(world.process(), OTHER, APP)).isTrue();
    world.isSafe();
  }

  @Test
  void aMountFromItselfOfWhatIsMissingIsNotDone() {
    var world = new World();
    world.client(OTHER).push(LAYER);
    assertThat(mount(world.process(), APP, APP)).isFalse();
    assertThat(mount(world.process(), APP, THIRD)).isFalse();
    assertThat(world.client(APP).has(LAYER)).isFalse();
  }

  @Test
  void mountsMayBeChained() {
    var world = new World();
    world.client(APP).push(LAYER);
    assertThat(mount(world.process(), OTHER, APP)).isTrue();
    world.client(APP).delete(LAYER);
    assertThat(mount(world.process(), THIRD, OTHER)).isTrue();
    world.client(OTHER).delete(LAYER);
    world.client(THIRD).pulls(LAYER);
    world.isSafe();
    world.client(THIRD).delete(LAYER);
    world.isSafe();
    assertThat(Contents.of(world.all()).trash()).hasSize(1);
  }

  @Test
  void twoLinksThatGoAtOnceLeaveOneObjectInTheTrash() {
    sweep(
        world -> {
          world.other(APP).push(LAYER);
          mount(world.bystander(), OTHER, APP);
          return new Race(
              () -> assertThat(world.client(APP).delete(LAYER)).isEqualTo(new Deletion.Deleted()),
              () -> assertThat(world.other(OTHER).delete(LAYER)).isEqualTo(new Deletion.Deleted()),
              () -> assertThat(Contents.of(world.all()).trash()).hasSize(1));
        });
  }

  @Test
  void ofTwoDeletionsOneFindsTheBlob() {
    sweep(
        world -> {
          world.other(APP).push(LAYER);
          var deletions = new ArrayList<Deletion>();
          return new Race(
              () -> deletions.add(world.client(APP).delete(LAYER)),
              () -> deletions.add(world.other(APP).delete(LAYER)),
              () ->
                  assertThat(deletions)
                      .containsExactlyInAnyOrder(new Deletion.Deleted(), new Deletion.Unknown()));
        });
  }

  @Test
  void ofABlobsDeletionAndAManifestThatNamesItOneWins() {
    sweep(
        world -> {
          world.other(APP).pushParts(IMAGE);
          var deletion = new ArrayList<Deletion>();
          var put = new ArrayList<PutResult>();
          return new Race(
              () -> deletion.add(world.client(APP).delete(LAYER)),
              () -> put.add(world.other(APP).put(IMAGE, "latest")),
              () -> isEitherOr(world, deletion.getFirst(), put.getFirst()));
        });
  }

  @Test
  void ofAManifestAndTheDeletionOfABlobThatItNamesOneWins() {
    sweep(
        world -> {
          world.other(APP).pushParts(IMAGE);
          var deletion = new ArrayList<Deletion>();
          var put = new ArrayList<PutResult>();
          return new Race(
              () -> put.add(world.client(APP).put(IMAGE, "latest")),
              () -> deletion.add(world.other(APP).delete(LAYER)),
              () -> isEitherOr(world, deletion.getFirst(), put.getFirst()));
        });
  }

  private static void isEitherOr(World world, Deletion deletion, PutResult put) {
    if (put instanceof PutResult.Stored) {
      assertThat(deletion).isEqualTo(new Deletion.InUse(Optional.of(IMAGE.manifest().digest())));
      world.client(APP).pulls("latest", IMAGE);
    } else {
      assertThat(put).isEqualTo(new PutResult.Incomplete(List.of(LAYER.digest())));
      assertThat(deletion).isEqualTo(new Deletion.Deleted());
      world.client(APP).misses("latest");
    }
  }

  @Test
  void aLeaseThatIsRenewedMeetsAManifestAndADeletion() {
    sweep(
        world -> {
          world.other(APP).pushParts(IMAGE);
          world.passes(Duration.ofHours(20));
          return new Race(
              () -> assertThat(world.client(APP).has(LAYER)).isTrue(),
              () -> Client.stored(world.other(APP).put(IMAGE, "latest")),
              () -> world.client(APP).pulls("latest", IMAGE));
        });
    sweep(
        world -> {
          world.other(APP).push(LAYER);
          world.passes(Duration.ofHours(20));
          return new Race(
              () -> world.client(APP).has(LAYER),
              () -> world.other(APP).delete(LAYER),
              () -> assertThat(world.client(APP).has(LAYER)).isFalse());
        });
  }
}
