package dev.roadstead.registry;

import static dev.roadstead.registry.CollectorCrashContract.collect;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.collect.LinkReview;
import dev.roadstead.registry.collect.TrashReview;
import dev.roadstead.registry.collect.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a collector once found decides nothing, and neither does its clock. */
class StaleVerdictTest {
  private static final Duration LONG = Duration.ofDays(40);
  private static final TestImage IMAGE = TestImage.numbered(1);
  private static final TestBlob LAYER = IMAGE.blobs().getLast();

  @Test
  void aVerdictThatIsDaysOldDoesNothing() {
    var world = new World();
    var client = world.client(APP);
    client.push(LAYER);
    world.passes(Duration.ofHours(24));
    var review = new LinkReview(world.process().environment());
    var verdict = (Verdict.Garbage) review.judge(Keys.link(APP, LAYER.digest()));
    client.pushParts(IMAGE);
    client.put(IMAGE, "latest");
    world.passes(LONG);
    assertThat(verdict.step().take()).isFalse();
    client.delete(IMAGE);
    assertThat(verdict.step().take()).isFalse();
    world.isSafe();
  }

  @Test
  void aPurgeThatIsDaysOldTouchesNothingThatCameSince() {
    var world = new World();
    var client = world.client(APP);
    client.push(LAYER);
    client.delete(LAYER);
    world.passes(LONG);
    var review = new TrashReview(world.process().environment());
    var trash = Contents.of(world.all()).trash().values().iterator().next();
    var stale = (Verdict.Garbage) review.judge(trash.key());
    collect(world.bystander());
    client.push(IMAGE, "latest");
    world.passes(LONG);
    assertThat(stale.step().take()).isFalse();
    client.pulls("latest", IMAGE);
    world.isSafe();
  }

  @Test
  void clocksThatAreYearsOffLoseNothing() {
    for (var off : List.of(Duration.ofDays(3650), Duration.ofDays(-3650))) {
      var world = new World();
      var client = world.client(APP);
      client.push(IMAGE, "latest");
      world.passes(off);
      collect(world.bystander());
      world.passes(off.negated());
      collect(world.bystander());
      client.pulls("latest", IMAGE);
      world.isSafe();
    }
  }
}
