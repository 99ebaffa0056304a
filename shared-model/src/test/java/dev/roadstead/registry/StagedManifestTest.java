package dev.roadstead.registry;

import static dev.roadstead.registry.CollectorCrashContract.collect;
import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.CrashSweep.Story;
import dev.roadstead.registry.Interleaving.Race;
import dev.roadstead.registry.ManifestDelete.Deletion;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that name more than one transaction can count. */
class StagedManifestTest {
  private static final TestImage LARGE = image(200);

  /** An image with this many different blobs. */
  private static TestImage image(int blobs) {
    var layers = IntStream.range(1, blobs).mapToObj(n -> TestBlob.of("layer " + n));
    return TestImage.of(TestBlob.of("config"), layers.toArray(TestBlob[]::new));
  }

  private static String digest(TestImage image) {
    return image.manifest().digest().toString();
  }

  private static void nothingIsHalfWay(World world) {
    assertThat(Contents.of(world.all()).progress()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 91, 180, 181, 500})
  void areStoredPulledTaggedAndDeletedLikeOthers(int blobs) {
    var world = new World();
    var client = world.client(APP);
    var image = image(blobs);
    client.push(image, "latest");
    world.isSafe();
    nothingIsHalfWay(world);
    client.pulls("latest", image);
    client.pulls(digest(image), image);
    client.push(image, "again");
    client.pulls("again", image);

    assertThat(client.delete(image)).isEqualTo(new Deletion.Deleted());
    world.isSafe();
    nothingIsHalfWay(world);
    client.misses("latest");
    assertThat(client.delete(image.blobs().getFirst())).isInstanceOf(Blobs.Deletion.Deleted.class);
  }

  @Test
  void indexOfManyImages() {
    var world = new World();
    var client = world.client(APP);
    var images = IntStream.range(0, 95).mapToObj(TestImage::numbered).toArray(TestImage[]::new);
    var index = TestImage.index(Optional.empty(), images);
    client.push(index, "latest");
    client.pulls("latest", index);
    assertThat(client.delete(images[93])).isInstanceOf(Deletion.InUse.class);
    client.delete(index);
    assertThat(client.delete(images[93])).isEqualTo(new Deletion.Deleted());
    world.isSafe();
  }

  @Test
  void tooManyForOneRecordAreRefused() {
    var image = image(10_001);
    assertThat(new World().client(APP).put(image, "latest"))
        .isEqualTo(new PutResult.TooManyChildren(10_001, 10_000));
  }

  @Test
  void nobodySeesOneThatLacksABlobAndItIsTakenApartAfterAWhile() {
    var world = new World();
    var client = world.client(APP);
    var last = LARGE.blobs().getLast();
    LARGE.blobs().stream().filter(blob -> !blob.equals(last)).forEach(client::push);
    assertThat(client.put(LARGE, "latest"))
        .isEqualTo(new PutResult.Incomplete(List.of(last.digest())));
    world.isSafe();
    client.misses("latest");
    client.misses(digest(LARGE));
    assertThat(client.delete(LARGE)).isEqualTo(new Deletion.Unknown());

    collect(world.bystander());
    assertThat(Contents.of(world.all()).progress()).hasSize(1);
    world.passes(Duration.ofHours(1));
    collect(world.bystander());
    world.isSafe();
    nothingIsHalfWay(world);
    assertThat(Contents.of(world.all()).manifests()).isEmpty();

    client.push(LARGE, "latest");
    client.pulls("latest", LARGE);
  }

  @Test
  void onePushThatLackedABlobIsFinishedByTheNext() {
    var world = new World();
    var client = world.client(APP);
    var last = LARGE.blobs().getLast();
    LARGE.blobs().stream().filter(blob -> !blob.equals(last)).forEach(client::push);
    client.put(LARGE, "latest");
    client.push(last);
    world.faults().restart();
    Client.stored(client.put(LARGE, "latest"));
    // The tag, where it stands, one chunk, the last step, the tag.
    assertThat(world.faults().calls())
        .containsExactly(
            "get", "snapshot", "transact", "snapshot", "get", "transact", "snapshot", "transact");
    client.pulls("latest", LARGE);
    world.isSafe();
  }

  @Test
  void pushSurvivesACrashAnywhere() {
    sweep(
        world -> {
          world.other(APP).pushParts(LARGE);
          var client = world.client(APP);
          return new Story(
              () -> Client.stored(client.put(LARGE, "latest")),
              () -> {
                client.pulls("latest", LARGE);
                nothingIsHalfWay(world);
              });
        });
  }

  @Test
  void deletionSurvivesACrashAnywhere() {
    sweep(
        world -> {
          world.other(APP).push(LARGE, "latest");
          var client = world.client(APP);
          return new Story(
              () -> assertThat(client.delete(LARGE)).isNotInstanceOf(Deletion.InUse.class),
              () -> {
                client.misses("latest");
                nothingIsHalfWay(world);
              });
        });
  }

  @Test
  void takingApartSurvivesACrashAnywhere() {
    sweep(
        world -> {
          var last = LARGE.blobs().getLast();
          var client = world.other(APP);
          LARGE.blobs().stream().filter(blob -> !blob.equals(last)).forEach(client::push);
          client.put(LARGE, "latest");
          world.passes(Duration.ofHours(2));
          return new Story(
              () -> collect(world.process()),
              () -> {
                collect(world.bystander());
                nothingIsHalfWay(world);
              });
        });
  }

  @Test
  void theCollectorEndsADeletionThatWasCutShort() {
    boolean crashed = true;
    for (int call = 0; crashed; call++) {
      var world = new World();
      world.other(APP).push(LARGE, "latest");
      crashed = world.crashes(call, When.AFTER, () -> world.client(APP).delete(LARGE));
      collect(world.bystander());
      world.isSafe();
      nothingIsHalfWay(world);
    }
  }

  private static void race(
      Consumer<Client> before, Consumer<Client> one, Consumer<Client> two, Consumer<Client> then) {
    Interleaving.sweep(
        world -> {
          before.accept(world.other(APP));
          return new Race(
              () -> one.accept(world.client(APP)),
              () -> two.accept(world.other(APP)),
              () -> then.accept(world.client(APP)));
        });
  }

  @Test
  void aSecondPushHelpsTheFirst() {
    race(
        client -> client.pushParts(LARGE),
        client -> Client.stored(client.put(LARGE, "one")),
        client -> Client.stored(client.put(LARGE, "two")),
        client -> {
          client.pulls("one", LARGE);
          client.pulls("two", LARGE);
        });
  }

  @Test
  void aPushMeetsACollectorThatTakesItForGivenUp() {
    race(
        client -> client.pushParts(LARGE),
        client -> Client.stored(client.put(LARGE, "latest")),
        client -> {
          client.world().passes(Duration.ofHours(2));
          collect(client.running().get());
        },
        client -> client.pulls("latest", LARGE));
  }

  @Test
  void aDeletionMeetsAPushOfTheSame() {
    race(
        client -> IntStream.range(0, 50).forEach(n -> client.push(LARGE, "t" + n)),
        client -> assertThat(client.delete(LARGE)).isNotInstanceOf(Deletion.InUse.class),
        client -> Client.stored(client.put(LARGE, "two")),
        client -> {});
    race(
        client -> client.push(LARGE, "one"),
        client -> assertThat(client.delete(LARGE)).isNotInstanceOf(Deletion.InUse.class),
        client -> Client.stored(client.put(LARGE, "two")),
        client -> {});
    race(
        client -> client.push(LARGE, "one"),
        client -> Client.stored(client.put(LARGE, "two")),
        client -> assertThat(client.delete(LARGE)).isNotInstanceOf(Deletion.InUse.class),
        client -> {});
  }

  @Test
  void fsckTakesWhatIsHalfWayForNoDamage() {
    for (boolean deletes : new boolean[] {false, true}) {
      boolean crashed = true;
      for (int call = 0; crashed; call++) {
        var world = new World();
        var client = world.client(APP);
        world.other(APP).pushParts(LARGE);
        if (deletes) {
          world.other(APP).put(LARGE, "latest");
        }
        crashed =
            world.crashes(
                call,
                When.AFTER,
                () -> {
                  if (deletes) {
                    client.delete(LARGE);
                  } else {
                    client.put(LARGE, "latest");
                  }
                });
        var fsck = new Fsck(world.bystander().environment(), Progress.NONE);
        assertThat(fsck.check(Depth.NONE).damage()).as("after call %d", call).isEmpty();
      }
    }
  }
}
