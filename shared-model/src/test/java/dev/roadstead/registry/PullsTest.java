package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts of pulls, by day. */
class PullsTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final long DAY = 86_400;

  private Instant now = Instant.parse("2026-01-02T12:00:00Z");
  private final long today = PullCount.dayOf(now.toEpochMilli());
  private final InMemoryMetadataStore items = new InMemoryMetadataStore();
  private final FaultPlan calls = new FaultPlan();
  private final Pulls pulls = new Pulls(environment(calls));

  private Environment environment(FaultPlan plan) {
    return new Environment(
        new FaultyMetadataStore(items, plan),
        new InMemoryBlobStore(),
        () -> now,
        UUID::randomUUID,
        RegistrySettings.DEFAULTS);
  }

  private static PullCount count(long day, String repository, int manifest, long pulls) {
    var digest = Digest.sha256(new byte[] {(byte) manifest});
    return new PullCount(day, new RepositoryName(repository), digest, pulls);
  }

  /** A batch like no other. */
  private static PullBatch batch(PullCount... counts) {
    return new PullBatch(UUID.randomUUID(), List.of(counts));
  }

  @Test
  void areOfOneRepositoryAndOfNoOtherOfASimilarName() {
    pulls.add(batch(count(today, "team/app", 1, 5)));
    pulls.add(batch(count(today, "team/app-2", 1, 7)));
    pulls.add(batch(count(today, "team/app/more", 1, 9)));

    assertThat(pulls.list(APP, 0, Optional.empty(), 10).counts())
        .containsExactly(count(today, "team/app", 1, 5));
  }

  @Test
  void areListedPageByPageTheNewestDayFirst() {
    for (int day = 0; day < 5; day++) {
      for (int manifest = 0; manifest < 3; manifest++) {
        pulls.add(batch(count(today - day, "team/app", manifest, 1 + day)));
      }
    }
    var listed = new ArrayList<PullCount>();
    Optional<String> after = Optional.empty();
    do {
      var page = pulls.list(APP, today - 3, after, 4);
      assertThat(page.counts()).hasSizeLessThanOrEqualTo(4);
      listed.addAll(page.counts());
      after = page.next();
    } while (after.isPresent());

    assertThat(listed).hasSize(12).doesNotHaveDuplicates();
    assertThat(listed)
        .extracting(PullCount::day)
        .isSortedAccordingTo((one, other) -> Long.compare(other, one))
        .endsWith(today - 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "20000", "20000.", "20000.sha256:0#", "1234567.sha256:0"})
  void haveNoPagesBehindAnythingElse(String after) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pulls.list(APP, 0, Optional.of(after), 10));
  }

  @Test
  void endWhereverAPageBegins() {
    pulls.add(batch(count(today, "team/app", 1, 5)));

    assertThat(pulls.list(APP, 0, Optional.of("999999.sha256:0"), 10).counts()).hasSize(1);
  }

  @Test
  void ofTwoThatBeginADayAtOnceNoneIsLost() {
    calls.actBefore(
        1, () -> new Pulls(environment(new FaultPlan())).add(batch(count(today, "a", 1, 2))));
    pulls.add(batch(count(today, "a", 1, 3)));

    assertThat(pulls.list(new RepositoryName("a"), 0, Optional.empty(), 10).counts())
        .containsExactly(count(today, "a", 1, 5));
  }

  @Test
  void areForgottenWhenTheirLifeIsOver() {
    for (int day = 0; day < 4; day++) {
      pulls.add(batch(count(today + day, "team/app", 1, 1)));
    }
    now = now.plus(Pulls.LIFE).plusSeconds(2 * DAY);

    assertThat(pulls.expire()).isEqualTo(2);
    assertThat(items.all()).extracting(Item::key).filteredOn(this::isCount).hasSize(2);
  }

  private boolean isCount(Key key) {
    return key.partition().startsWith("V#");
  }

  @Test
  void countOnceHoweverOftenTheirBatchComes() {
    var again = batch(count(today, "team/app", 1, 5), count(today - 1, "team/app", 1, 2));
    pulls.add(again);
    pulls.add(batch(count(today, "team/app", 1, 1)));
    pulls.add(again);

    assertThat(pulls.list(APP, 0, Optional.empty(), 10).counts())
        .containsExactly(count(today, "team/app", 1, 6), count(today - 1, "team/app", 1, 2));
  }

  @Test
  void areAddedInOneTransactionAndAnotherForFirstOnes() {
    var first = batch(count(today, "team/app", 1, 5), count(today, "team/app", 2, 5));
    pulls.add(first);
    assertThat(calls.calls()).containsExactly("transact", "transact");
    calls.restart();
    pulls.add(batch(count(today, "team/app", 1, 5), count(today, "team/app", 2, 5)));
    pulls.add(first);

    assertThat(calls.calls()).containsExactly("transact", "transact");
  }

  /** What is not known to be counted comes again; what was counted is known for a while. */
  @ParameterizedTest
  @EnumSource
  void aCrashAnywhereLosesNoneAndCountsNoneTwice(When when) {
    for (int call = 0; call < 2; call++) {
      calls.restart();
      var repository = "crashed/" + call;
      var counted = batch(count(today, repository, 1, 5), count(today, repository, 2, 7));
      calls.crashAt(call, when);
      assertThatExceptionOfType(Crashed.class).isThrownBy(() -> pulls.add(counted));
      calls.restart();
      pulls.add(counted);
      pulls.add(counted);

      assertThat(pulls.list(new RepositoryName(repository), 0, Optional.empty(), 10).counts())
          .as("call %d", call)
          .extracting(PullCount::pulls)
          .containsExactlyInAnyOrder(5L, 7L);
    }
  }

  @Test
  void areLeftOutWhenNobodyCanTellWhetherTheyWereCounted() {
    var counted = batch(count(today, "team/app", 1, 5));
    pulls.add(counted);
    now = now.plus(Pulls.BATCH_LIFE).plusSeconds(DAY);
    assertThat(pulls.expire()).isEqualTo(1);
    pulls.add(counted);

    assertThat(pulls.list(APP, 0, Optional.empty(), 10).counts())
        .containsExactly(count(today, "team/app", 1, 5));
  }

  @Test
  void fitIntoATransactionWithTheNoteThatTheyWereCounted() {
    var most =
        IntStream.range(0, PullBatch.MAX_COUNTS)
            .mapToObj(number -> count(today, "team/app", number, 1))
            .toList();
    pulls.add(new PullBatch(UUID.randomUUID(), most));

    assertThat(pulls.list(APP, 0, Optional.empty(), 500).counts()).hasSize(PullBatch.MAX_COUNTS);
    assertThatIllegalArgumentException().isThrownBy(() -> batch());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batch(count(today, "a", 1, 1), count(today, "a", 1, 2)));
  }
}
