package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.registry.CrashSweep.Story;
import dev.roadstead.registry.Interleaving.Race;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What direct PUTs have brought goes when no event tells of it and nobody asks for it, whatever
 * crashes; what is needed stays. No events are delivered here.
 */
class OrphanSweepTest {
  private static final Duration SESSION_LIFE = Duration.ofDays(1);

  /** After this no PUT can arrive any more, and the day is over. */
  private static final Duration UNTIL_SWEEP = Duration.ofDays(2);

  private static final TestBlob BLOB = TestBlob.random(1, 1000);
  private static final TestBlob NEXT = TestBlob.random(2, 1000);

  private final World world = new World();
  private final Client client = world.client(APP);

  private static void collect(TestProcess process) {
    CollectorTest.collector(process, Optional.empty()).run();
  }

  private static void sweeps(World world) {
    world.passes(UNTIL_SWEEP);
    collect(world.bystander());
    world.isSafe();
  }

  private static void nothingIsLeft(World world) {
    assertThat(world.directPuts()).isEmpty();
    assertThat(Contents.of(world.all()).orphans()).isEmpty();
  }

  @Test
  void whatAnExpiredUploadHasBroughtGoesWhenNoMoreCanCome() {
    client.pushDirect(BLOB);
    world.passes(SESSION_LIFE);
    collect(world.process());
    assertThat(Contents.of(world.all()).sessions()).isEmpty();
    assertThat(world.directPuts()).hasSize(1);

    collect(world.process());
    assertThat(world.directPuts()).hasSize(1);
    sweeps(world);
    nothingIsLeft(world);
  }

  @Test
  void whatComesAfterTheUploadWasCancelledGoesToo() {
    var upload = client.post();
    client.cancel(upload);
    client.putDirect(upload, BLOB);
    sweeps(world);
    nothingIsLeft(world);
  }

  @Test
  void whatIsNeededStays() {
    client.pushDirect(BLOB);
    client.pulls(BLOB);
    client.push(TestImage.of(BLOB), "latest");
    client.pushDirect(NEXT);
    client.pulls(NEXT);
    client.delete(NEXT);
    var cancelled = client.post();
    client.cancel(cancelled);
    client.putDirect(cancelled, NEXT);
    world.passes(UNTIL_SWEEP.minusHours(1));
    var fresh = TestBlob.random(3, 1000);
    client.pushDirect(fresh);
    world.client(OTHER).pushDirect(fresh);
    assertThat(world.directPuts()).hasSize(5);
    world.passes(Duration.ofHours(1));
    collect(world.process());
    assertThat(world.directPuts()).hasSize(4);
    world.isSafe();
    client.pulls("latest", TestImage.of(BLOB));
    client.pulls(fresh);
    world.client(OTHER).pulls(fresh);
    // And what waits in the trash can still be got back.
    var rescue = new BlobRescue(world.process().environment(), world.process().claims());
    assertThat(rescue.bringBack(APP, NEXT.digest())).isTrue();
    client.pulls(NEXT);
  }

  @Test
  void whatIsNotNeededGoesAlthoughTheProcessDiedThatShouldHaveDeletedIt() {
    for (var when : When.values()) {
      boolean crashed = true;
      for (int call = 0; crashed; call++) {
        var each = new World();
        each.other(OTHER).push(TestImage.of(BLOB), "latest");
        each.other(APP).pushDirect(BLOB);
        crashed = each.crashes(call, when, () -> each.client(APP).has(BLOB));
        each.isSafe();
        assertThat(each.client(APP).has(BLOB)).isTrue();
        sweeps(each);
        sweeps(each);
        nothingIsLeft(each);
        each.client(OTHER).pulls("latest", TestImage.of(BLOB));
      }
    }
  }

  @Test
  void aCrashAtAnyStoreCallOfTheCollectorForgetsNothing() {
    CrashSweep.sweep(
        world -> {
          world.other(APP).pushDirect(BLOB);
          var cancelled = world.other(APP).post();
          world.other(APP).cancel(cancelled);
          world.other(APP).putDirect(cancelled, NEXT);
          world.passes(UNTIL_SWEEP);
          return new Story(
              () -> collect(world.process()),
              () -> {
                collect(world.bystander());
                sweeps(world);
                nothingIsLeft(world);
              });
        });
  }

  @Test
  void aCrashAtAnyStoreCallOfACancellationForgetsNothing() {
    for (var when : When.values()) {
      boolean crashed = true;
      for (int call = 0; crashed; call++) {
        var each = new World();
        var upload = each.other(APP).post();
        each.other(APP).putDirect(upload, BLOB);
        crashed = each.crashes(call, when, () -> each.client(APP).cancel(upload));
        sweeps(each);
        sweeps(each);
        nothingIsLeft(each);
      }
    }
  }

  private static void interruptingTheSweep(Consumer<Client> act, Consumer<World> then) {
    Interleaving.sweep(
        world -> {
          var dead = world.other(APP).post();
          world.other(APP).cancel(dead);
          world.other(APP).putDirect(dead, BLOB);
          world.passes(UNTIL_SWEEP);
          return new Race(
              () -> collect(world.process()),
              () -> act.accept(world.other(APP)),
              () -> then.accept(world));
        });
  }

  @Test
  void aBlobThatIsPushedDuringTheSweepStays() {
    interruptingTheSweep(
        client -> {
          client.pushDirect(BLOB);
          client.pulls(BLOB);
        },
        world -> world.client(APP).pulls(BLOB));
    interruptingTheSweep(client -> client.pushDirect(BLOB), world -> world.client(APP).pulls(BLOB));
  }

  @Test
  void anUploadThatEndsDuringTheSweepIsNotForgotten() {
    interruptingTheSweep(
        client -> {
          var upload = client.post();
          client.putDirect(upload, NEXT);
          client.cancel(upload);
        },
        world -> {
          sweeps(world);
          nothingIsLeft(world);
        });
  }

  @Test
  void twoSweepsDoTheWorkOfOne() {
    interruptingTheSweep(client -> collect(client.running().get()), OrphanSweepTest::nothingIsLeft);
  }

  @Test
  void oneWalkDoesForAllUploadsOfADay() {
    IntStream.range(0, 20).forEach(n -> client.cancel(client.post()));
    world.passes(UNTIL_SWEEP);
    world.restart();
    collect(world.process());
    assertThat(world.faults().calls()).containsOnlyOnce("scanBelow");
    nothingIsLeft(world);
  }

  @Test
  void aWalkThatIsTooLongForOneStepIsGoneOnWith() {
    IntStream.range(0, 7)
        .forEach(
            n -> {
              var upload = client.post();
              client.cancel(upload);
              client.putDirect(upload, TestBlob.random(n, 100));
            });
    world.passes(UNTIL_SWEEP);
    int steps = 0;
    while (!world.directPuts().isEmpty()) {
      world.restart();
      var sweep = new OrphanSweep(world.process().environment(), 1, 2);
      var first = Contents.of(world.all()).orphans().values().iterator().next();
      assertThat(sweep.run(OrphanRecord.of(first))).isTrue();
      assertThat(world.faults().calls()).containsOnlyOnce("scanBelow");
      steps++;
    }
    assertThat(steps).isEqualTo(4);
  }
}
