package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Undeletion.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What took many steps to delete comes back too, and so does what was deleted weeks ago. */
class UndeletionLaterTest {
  private static final TestImage FIRST = TestImage.numbered(1);
  private static final TestImage LARGE = TestImage.withNoise(600 * 1024);

  private static Outcome undelete(World world, TestImage image) {
    var process = world.process();
    return new Undeletion(process.environment(), process.claims(), process.repositories())
        .manifest(APP, image.manifest().digest(), Client.CALLER);
  }

  @Test
  void bringsAManifestThatWasDeletedInStepsBackWithItsTags() {
    var layers = IntStream.range(0, 95).mapToObj(n -> TestBlob.of("layer " + n));
    var many = TestImage.of(TestBlob.of("config"), layers.toArray(TestBlob[]::new));
    for (var image : List.of(FIRST, many)) {
      for (int tags : List.of(2, 100)) {
        var world = new World();
        var client = world.client(APP);
        client.pushParts(image);
        IntStream.range(0, tags).forEach(n -> client.put(image, "t" + n));
        client.delete(image);
        world.isSafe();
        client.misses("t0");
        assertThat(undelete(world, image)).isInstanceOf(Outcome.Restored.class);
        IntStream.range(0, tags).forEach(n -> client.pulls("t" + n, image));
        world.isSafe();
      }
    }
  }

  /** With a collector that takes at once whatever it may. */
  private static void daysPass(World world, int days) {
    for (int day = 0; day < days; day++) {
      world.passes(Duration.ofDays(1));
      CollectorCrashContract.collect(world.bystander());
    }
  }

  @Test
  void comesBackFor37DaysAndIsPurgedAfterThem() {
    for (int days : List.of(36, 39)) {
      var world = new World();
      var client = world.client(APP);
      client.push(FIRST, "latest");
      client.push(LARGE, "large");
      client.delete(FIRST);
      client.delete(LARGE);
      daysPass(world, days);
      for (var image : List.of(FIRST, LARGE)) {
        var outcome = undelete(world, image);
        if (days < 37) {
          assertThat(outcome).isInstanceOf(Outcome.Restored.class);
        } else {
          assertThat(outcome).isEqualTo(new Outcome.Unknown());
        }
      }
      assertThat(world.objects().keys().isEmpty()).isEqualTo(days > 37);
      world.isSafe();
    }
  }
}
