package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.registry.check.CheckJob;
import dev.roadstead.registry.check.CheckJob.Mode;
import dev.roadstead.registry.check.CheckJob.Order;
import dev.roadstead.registry.check.Depth;
import dev.roadstead.registry.check.Finding;
import dev.roadstead.registry.check.Fsck;
import dev.roadstead.registry.check.Progress;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a check does when it cannot go on: a store that does not answer is no damage, and damage
 * that cannot be mended now is reported as what it is.
 */
class FsckGiveUpTest {
  private static final TestImage AS_OBJECT = TestImage.withNoise(600 * 1024);
  private static final Key CATALOG = Keys.catalogEntry(APP);
  private static final Key LINK = Keys.link(APP, AS_OBJECT.blobs().getFirst().digest());
  private static final String AWAY = "the store does not answer";

  /** How many steps a repair takes at most. */
  private static final int MAX_STEPS = 24;

  private static World begun() {
    var world = new World();
    world.other(APP).push(AS_OBJECT, "latest");
    world.other(APP).post();
    return world;
  }

  private static Fsck fsck(World world) {
    return new Fsck(world.process().environment(), Progress.NONE);
  }

  private static void fail() {
    throw new StoreException(AWAY);
  }

  private static JsonNode status(World world) {
    var status = CheckJob.status(world.bystander().environment()).orElseThrow();
    return new JsonMapper().readTree(status);
  }

  private static CheckJob ordered(World world, Mode mode) {
    return CheckJob.order(world.process().environment(), new Order(mode, Depth.ALL), Client.CALLER);
  }

  @ParameterizedTest
  @EnumSource
  void saysThatItCouldNotLookWhicheverCallFails(Mode mode) {
    int call = 0;
    var failed = new AtomicInteger();
    do {
      failed.set(0);
      var world = begun();
      world.items().write(new Write.Delete(CATALOG, Condition.NONE));
      var job = ordered(world, mode);
      world
          .faults()
          .actBefore(
              call,
              () -> {
                failed.incrementAndGet();
                fail();
              });
      runs(job, world, failed);
      world.restart();
      assertThat(fsck(world).repair(Depth.ALL).damage()).as("after call %d", call).isEmpty();
      world.client(APP).pulls("latest", AS_OBJECT);
      world.isSafe();
      call++;
    } while (failed.get() > 0);
    assertThat(call).isGreaterThan(5);
  }

  /** Only if its very last call fails nobody can be told. */
  private static void runs(CheckJob job, World world, AtomicInteger failed) {
    try {
      job.run();
    } catch (StoreException lastCall) {
      assertThat(lastCall).hasMessage(AWAY);
      assertThat(status(world).path("state").asString()).isIn("running", "failed");
      return;
    }
    if (failed.get() > 0) {
      assertThat(status(world).path("state").asString()).isEqualTo("failed");
      assertThat(status(world).path("report").path("problem").asString()).isEqualTo(AWAY);
    } else {
      assertThat(status(world).path("state").asString()).isEqualTo("done");
    }
  }

  @Test
  void takesNothingForLostThatCannotBeRead() {
    for (var call : List.of("read", "stream", "scanObjects", "scan")) {
      var world = begun();
      var before = world.all();
      world.faults().actBeforeEvery(call, FsckGiveUpTest::fail);

      assertThatThrownBy(() -> fsck(world).check(Depth.ALL)).as(call).hasMessage(AWAY);
      assertThatThrownBy(() -> fsck(world).repair(Depth.ALL)).as(call).hasMessage(AWAY);
      assertThatThrownBy(() -> fsck(world).rebuild()).as(call).hasMessage(AWAY);
      assertThat(world.all()).isEqualTo(before);
    }
  }

  @Test
  void givesUpWhatComesAgainWheneverItIsMended() {
    var world = begun();
    var mended = new AtomicInteger();
    world
        .faults()
        .actBeforeEvery(
            "scan",
            () -> {
              var removal = new Write.Delete(CATALOG, Condition.exists());
              if (world.items().write(removal) instanceof dev.roadstead.store.Outcome.Done) {
                mended.incrementAndGet();
              }
            });

    var report = fsck(world).repair(Depth.NONE);

    assertThat(report.damage())
        .extracting(Finding::subject)
        .containsExactly("catalog entry " + APP);
    assertThat(report.mended()).isEmpty();
    assertThat(mended.get()).isEqualTo(MAX_STEPS + 1);
  }

  /** Lets another process change a count just before each of so many remedies, and back after. */
  private static World busy(int remedies) {
    var world = begun();
    var left = new AtomicInteger(remedies);
    add(world, -1);
    var isOff = new AtomicInteger();
    world
        .faults()
        .actBeforeEvery(
            "transact",
            () -> {
              if (left.getAndDecrement() > 0) {
                add(world, 5);
                isOff.set(5);
              }
            });
    world.faults().actBeforeEvery("scan", () -> add(world, -isOff.getAndSet(0)));
    return world;
  }

  private static void add(World world, long delta) {
    world.items().write(new Write.Update(LINK, List.of(Change.add("refs", delta)), Condition.NONE));
  }

  @Test
  void looksAgainWhenARecordHasChangedUnderIt() {
    var world = busy(5);

    var report = fsck(world).repair(Depth.NONE);

    assertThat(report.damage()).isEmpty();
    assertThat(report.mended()).hasSize(1);
    world.isSafe();
  }

  @Test
  void givesUpARecordThatIsNeverStill() {
    var world = busy(Integer.MAX_VALUE);

    var report = fsck(world).repair(Depth.NONE);

    assertThat(report.damage()).extracting(Finding::subject).hasSize(1);
    assertThat(report.mended()).isEmpty();
    world.faults().restart();
    assertThat(fsck(world).repair(Depth.NONE).damage()).isEmpty();
    world.isSafe();
  }

  @Test
  void countsWhatItHasNoRoomToName() {
    var world = begun();
    var name = "n".repeat(1000);
    for (int i = 0; i < 2 * CheckJob.MAX_NAMED; i++) {
      var stranger = Item.at(new Key("Q#" + name, i + name.substring(4))).build();
      world.items().write(new Write.Put(stranger, Condition.NONE));
    }

    ordered(world, Mode.CHECK).run();

    var report = status(world).path("report");
    assertThat(status(world).path("state").asString()).isEqualTo("done");
    assertThat(report.path("damage").asInt()).isEqualTo(2 * CheckJob.MAX_NAMED);
    assertThat(report.path("damageList").size()).isBetween(50, CheckJob.MAX_NAMED);
    assertThat(report.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(200_000);
  }
}
