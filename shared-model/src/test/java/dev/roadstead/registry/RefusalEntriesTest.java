package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals that become audit entries, told of once or more, by one process or several. */
class RefusalEntriesTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final long MINUTE = 60_000;
  private static final int MOST = RefusalEntries.MAX_A_MINUTE;

  private Instant now = NOON;
  private final InMemoryMetadataStore items = new InMemoryMetadataStore();
  private final FaultPlan calls = new FaultPlan();
  private final RefusalEntries entries = new RefusalEntries(environment(calls));

  private Environment environment(FaultPlan plan) {
    return new Environment(
        new FaultyMetadataStore(items, plan),
        new InMemoryBlobStore(),
        () -> now,
        UUID::randomUUID,
        RegistrySettings.DEFAULTS);
  }

  /** Refusals of the minute of this number. */
  private static List<Refusal> refusals(int minute, int from, int to) {
    long atMillis = NOON.toEpochMilli() + minute * MINUTE;
    return IntStream.range(from, to)
        .mapToObj(
            number ->
                new Refusal(
                    new UUID(minute, number),
                    new AuditEntry(atMillis + number, "ci", "192.0.2.1", "refused: ping", "")))
        .toList();
  }

  private int stored() {
    return new AuditLog(environment(new FaultPlan()))
        .list(entry -> true, 0, Optional.empty(), 5_000)
        .entries()
        .size();
  }

  @Test
  void areTheSameHoweverOftenTheyAreToldOf() {
    entries.add(refusals(0, 0, 10));
    entries.add(refusals(0, 5, 15));
    new RefusalEntries(environment(new FaultPlan())).add(refusals(0, 0, 15));

    assertThat(stored()).isEqualTo(15);
  }

  @Test
  void haveWhatTheLogHas() {
    var entry = refusals(0, 3, 4).getFirst().entry();
    entries.add(refusals(0, 3, 4));

    assertThat(
            new AuditLog(environment(new FaultPlan()))
                .list(any -> true, 0, Optional.empty(), 10)
                .entries())
        .containsExactly(entry);
  }

  @Test
  void areNoMoreOfAMinuteThanMayBeWhoeverAddsThem() {
    entries.add(refusals(0, 0, 100));
    new RefusalEntries(environment(new FaultPlan())).add(refusals(0, 100, 200));
    assertThat(stored()).isEqualTo(MOST);
    entries.add(refusals(1, 0, 1_000));
    assertThat(stored()).isEqualTo(2 * MOST);
    calls.restart();
    entries.add(refusals(1, 1_000, 2_000));

    assertThat(calls.calls()).as("of a flood").containsExactly("get");
    assertThat(stored()).isEqualTo(2 * MOST);
  }

  @Test
  void areNoMoreThanMayBeWhenTwoAddThemAtOnce() {
    entries.add(refusals(0, 0, MOST - 10));
    var other = new RefusalEntries(environment(new FaultPlan()));
    calls.actBefore(1, () -> other.add(refusals(0, 200, 205)));
    entries.add(refusals(0, 300, 310));

    assertThat(stored()).isEqualTo(MOST);
  }

  @ParameterizedTest
  @EnumSource
  void aCrashAnywhereLosesNoneAndAddsNoneTwice(When when) {
    for (int call = 0; call < 4; call++) { // looks and writes, twice
      var all = refusals(call, 0, 110);
      int before = stored();
      calls.crashAt(call, when);
      assertThatExceptionOfType(Crashed.class).isThrownBy(() -> entries.add(all));
      calls.restart();
      entries.add(all);

      assertThat(stored() - before).as("call %d", call).isEqualTo(110);
      entries.add(refusals(call, 110, 200));
      assertThat(stored() - before).as("the rest after call %d", call).isEqualTo(MOST);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void areAsManyAsTheyMayBeWhateverHappens(long seed) {
    var random = new Random(seed);
    var open = new ArrayList<List<Refusal>>();
    int wanted = 0;
    for (int minute = 0; minute < 6; minute++) {
      int refused = random.nextInt(2 * MOST);
      wanted += Math.min(refused, MOST);
      for (int from = 0; from < refused; ) {
        int to = Math.min(refused, from + 1 + random.nextInt(150));
        open.add(refusals(minute, from, to));
        from = to;
      }
    }
    while (!open.isEmpty()) {
      var batch = open.get(random.nextInt(open.size()));
      calls.restart();
      calls.crashAt(random.nextInt(8), random.nextBoolean() ? When.BEFORE : When.AFTER);
      try {
        entries.add(batch);
        if (random.nextBoolean()) {
          open.remove(batch); // else it is delivered again
        }
      } catch (Crashed died) {
        calls.restart();
      }
    }

    assertThat(stored()).isEqualTo(wanted);
  }

  /** It takes a while, and no entry is doubled. */
  @Test
  void areFoundAmongTheEntriesWhenTheirRecordIsLost() {
    entries.add(refusals(0, 0, MOST));
    items.write(new Write.Delete(new Key("AR#20455", "0720"), Condition.exists()));
    entries.add(refusals(0, 0, MOST));

    assertThat(stored()).isEqualTo(MOST);
  }

  @Test
  void areKnownForAsLongAsAnybodyMayTellOfThem() {
    entries.add(refusals(0, 0, 10));
    now = NOON.plus(RefusalEntries.MINUTE_LIFE).plus(Duration.ofDays(2));

    assertThat(entries.expire()).isEqualTo(1);
    assertThat(stored()).isEqualTo(10);
  }
}
