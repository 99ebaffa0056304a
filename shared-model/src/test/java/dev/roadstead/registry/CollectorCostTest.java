package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.collect.Collector;
import dev.roadstead.registry.collect.Report;
import dev.roadstead.store.Hint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What collecting costs, in store calls: so many for each blob that goes, so many for a run that
 * finds nothing, and none for what is needed. A run does not more than it is told.
 */
class CollectorCostTest {
  private static final int GARBAGE = 40;
  private static final Duration LONG = Duration.ofDays(40);

  /** What a run looks into: every queue once, and its own record. */
  private static final int QUEUES = 7 * Hint.SHARDS;

  private final World world = new World();
  private final Client before = world.other(APP);

  private Collector collector() {
    return CollectorTest.collector(world.process(), Optional.empty());
  }

  /** The store calls of one run, by name. */
  private List<String> callsOfRun() {
    world.restart();
    collector().run();
    world.isSafe();
    return world.faults().calls();
  }

  private void pushGarbage() {
    IntStream.range(0, GARBAGE).forEach(n -> before.push(TestBlob.of("garbage " + n)));
  }

  private static int count(List<String> calls, String name) {
    return Collections.frequency(calls, name);
  }

  @Test
  void aRunThatFindsNothingLooksIntoEachQueueOnce() {
    before.push(TestImage.numbered(1), "latest");
    world.passes(LONG);
    var calls = callsOfRun();
    assertThat(calls).containsOnly("get", "due");
    assertThat(count(calls, "due")).isEqualTo(QUEUES);
    assertThat(count(calls, "get")).isEqualTo(1);
  }

  @Test
  void aBlobTakesTwoCallsIntoTheTrashAndFourOutOfIt() {
    pushGarbage();
    world.passes(LONG);
    var condemning = callsOfRun();
    assertThat(count(condemning, "snapshot")).isEqualTo(GARBAGE);
    assertThat(count(condemning, "transact")).isEqualTo(GARBAGE);
    // Each queue's page is admitted by one write; the day's record is made by one more.
    assertThat(count(condemning, "write")).isLessThanOrEqualTo(Hint.SHARDS + 2);
    assertThat(condemning).containsOnly("get", "due", "snapshot", "transact", "write");
    assertThat(condemning.size()).isLessThanOrEqualTo(2 * GARBAGE + QUEUES + Hint.SHARDS + 3);

    world.passes(LONG);
    var purging = callsOfRun();
    assertThat(count(purging, "get")).isEqualTo(GARBAGE + 1);
    assertThat(count(purging, "write")).isEqualTo(2 * GARBAGE);
    assertThat(count(purging, "delete")).isEqualTo(GARBAGE);
    assertThat(purging).hasSize(4 * GARBAGE + QUEUES + 1);
    assertThat(Contents.of(world.all()).trash()).isEmpty();
  }

  @Test
  void whatIsNeededCostsNothing() {
    pushGarbage();
    world.passes(LONG);
    var alone = callsOfRun();

    var full = new World();
    IntStream.range(0, GARBAGE).forEach(n -> full.other(APP).push(TestBlob.of("garbage " + n)));
    IntStream.range(0, 300)
        .forEach(
            n ->
                full.other(APP)
                    .push(TestImage.of(TestBlob.of("live " + n), TestBlob.of("base")), "t" + n));
    full.passes(LONG);
    full.restart();
    CollectorTest.collector(full.process(), Optional.empty()).run();
    assertThat(full.faults().calls()).isEqualTo(alone);
  }

  @Test
  void aRunLooksAtNoMoreThanItIsToldAndTheNextOnesDoTheRest() {
    pushGarbage();
    world.passes(LONG);
    var reports = new ArrayList<Report>();
    do {
      world.restart();
      reports.add(collector().run(8));
      assertThat(count(world.faults().calls(), "snapshot")).isLessThanOrEqualTo(8);
      assertThat(reports.size()).isLessThanOrEqualTo(GARBAGE);
    } while (reports.getLast().more());
    assertThat(reports).allMatch(report -> report.reviewed() <= 8);
    assertThat(reports.stream().mapToLong(Report::condemned).sum()).isEqualTo(GARBAGE);
    world.isSafe();
  }

  @Test
  void whatBecameGarbageTodayDoesNotWaitForAMonthOfGarbageInAnotherQueue() {
    IntStream.range(0, 200).forEach(n -> before.push(TestBlob.of("old " + n)));
    world.passes(Duration.ofDays(30));
    var queues = Hint.Kind.LINK.queues();
    assertThat(collector().run(2 * queues.size()).reviewed()).isEqualTo(2L * queues.size());
    // Each queue has given its share, none waits for another one to be empty.
    var left =
        Contents.of(world.all()).links().values().stream()
            .map(link -> Contents.text(link, Hint.QUEUE))
            .toList();
    var all =
        IntStream.range(0, 200)
            .mapToObj(n -> Keys.link(APP, TestBlob.of("old " + n).digest()))
            .map(key -> Hint.queue(Hint.Kind.LINK, key))
            .toList();
    for (var queue : queues) {
      assertThat(Collections.frequency(left, queue))
          .isEqualTo(Collections.frequency(all, queue) - 2);
    }
  }
}
