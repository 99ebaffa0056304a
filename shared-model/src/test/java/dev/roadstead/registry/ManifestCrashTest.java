package dev.roadstead.registry;

import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.CrashSweep.Story;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Manifests and tags survive a crash before and after every store call. */
class ManifestCrashTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage SECOND = TestImage.numbered(2);

  private static void sweepPut(Consumer<Client> before, TestImage image, String reference) {
    sweep(
        world -> {
          before.accept(world.other(APP));
          world.other(APP).pushParts(image);
          var client = world.client(APP);
          return new Story(
              () -> Client.stored(client.put(image, reference)),
              () -> client.pulls(reference, image));
        });
  }

  private static String digest(TestImage image) {
    return image.manifest().digest().toString();
  }

  @Test
  void firstManifestOfARepository() {
    sweepPut(client -> {}, FIRST, "latest");
  }

  @Test
  void newManifestByDigest() {
    sweepPut(client -> client.push(SECOND, "latest"), FIRST, digest(FIRST));
  }

  @Test
  void newManifestUnderATagThatIsMoved() {
    sweepPut(client -> client.push(SECOND, "latest"), FIRST, "latest");
  }

  @Test
  void oldManifestUnderANewTag() {
    sweepPut(client -> client.push(FIRST, "1.0"), FIRST, "latest");
  }

  @Test
  void oldManifestUnderATagThatIsMoved() {
    sweepPut(
        client -> {
          client.push(FIRST, "1.0");
          client.push(SECOND, "latest");
        },
        FIRST,
        "latest");
  }

  @Test
  void theSameAgain() {
    sweepPut(client -> client.push(FIRST, "latest"), FIRST, "latest");
    sweepPut(client -> client.push(FIRST, "latest"), FIRST, digest(FIRST));
  }

  @Test
  void index() {
    sweepPut(client -> {}, TestImage.index(Optional.empty(), FIRST, SECOND), "latest");
  }

  @Test
  void indexUnderTheTagOfAManifestThatItNames() {
    sweepPut(
        client -> client.push(FIRST, "latest"),
        TestImage.index(Optional.empty(), FIRST, SECOND),
        "latest");
  }

  @Test
  void indexAboutAManifestThatItNames() {
    sweepPut(client -> {}, TestImage.index(Optional.of(FIRST), FIRST), "latest");
  }

  @Test
  void manifestWithASubject() {
    sweep(
        world -> {
          var client = world.client(APP);
          world.other(APP).push(FIRST, "latest");
          var signature = TestImage.about(FIRST, "application/vnd.example.signature", 1);
          world.other(APP).pushParts(signature);
          return new Story(
              () -> Client.stored(client.put(signature, digest(signature))),
              () -> assertThat(client.referrers(FIRST)).containsExactly(digest(signature)));
        });
  }

  @Test
  void bodyInTheManifestsRecord() {
    sweepPut(client -> {}, TestImage.withNoise(3 * 1024), "latest");
  }

  @Test
  void bodyInARecordOfItsOwn() {
    sweepPut(client -> {}, TestImage.withNoise(100 * 1024), "latest");
  }

  @Test
  void bodyAsAnObject() {
    sweepPut(client -> {}, TestImage.withNoise(600 * 1024), "latest");
    sweepPut(
        client -> client.push(TestImage.withNoise(600 * 1024), "1.0"),
        TestImage.withNoise(600 * 1024),
        "latest");
  }

  @Test
  void untag() {
    sweep(
        world -> {
          world.other(APP).push(FIRST, "latest");
          var client = world.client(APP);
          return new Story(
              () -> client.untag("latest"),
              () -> {
                client.misses("latest");
                client.pulls(digest(FIRST), FIRST);
              });
        });
  }

  private static void sweepDelete(TestImage image, Consumer<Client> before) {
    sweep(
        world -> {
          before.accept(world.other(APP));
          world.other(APP).push(image, digest(image));
          var client = world.client(APP);
          return new Story(
              () ->
                  assertThat(client.delete(image))
                      .isNotInstanceOf(ManifestDelete.Deletion.InUse.class),
              () -> {
                client.misses(digest(image));
                client.misses("latest");
              });
        });
  }

  @Test
  void delete() {
    sweepDelete(FIRST, client -> {});
    sweepDelete(TestImage.withNoise(100 * 1024), client -> {});
    sweepDelete(TestImage.withNoise(600 * 1024), client -> {});
    sweepDelete(TestImage.index(Optional.empty(), FIRST, SECOND), client -> {});
  }

  @Test
  void deleteOfAReferrer() {
    sweepDelete(
        TestImage.about(FIRST, "application/vnd.example.sbom", 1),
        client -> client.push(FIRST, "1.0"));
  }

  @Test
  void deleteWithItsTags() {
    sweepDelete(FIRST, client -> IntStream.range(0, 3).forEach(n -> client.push(FIRST, "t" + n)));
  }

  @Test
  void deleteWithMoreTagsThanOneTransactionTakes() {
    sweepDelete(FIRST, client -> IntStream.range(0, 70).forEach(n -> client.push(FIRST, "t" + n)));
  }

  @Test
  void pushOfAManifestWhoseDeletionWasCutShort() {
    boolean crashed = true;
    for (int call = 0; crashed; call++) {
      var world = new World();
      IntStream.range(0, 70).forEach(n -> world.other(APP).push(FIRST, "t" + n));
      crashed = world.crashes(call, When.AFTER, () -> world.client(APP).delete(FIRST));
      world.client(APP).push(FIRST, "again");
      world.isSafe();
      world.client(APP).pulls("again", FIRST);
    }
  }
}
