package dev.roadstead.endpoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.endpoints.http.RefusalLine;
import dev.roadstead.endpoints.jobs.LogBatch.Line;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Refusal;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refusals that a log has become entries of the audit log. */
class RecordRefusalsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

  private final FaultPlan calls = new FaultPlan();
  private final Environment environment =
      new Environment(
          new FaultyMetadataStore(new InMemoryMetadataStore(), calls),
          new InMemoryBlobStore(),
          () -> NOW,
          UUID::randomUUID,
          RegistrySettings.DEFAULTS);
  private final RecordRefusals job =
      new RecordRefusals(new RefusalEntries(environment), environment.clock(), Runnable::run);

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        NOW.toEpochMilli() + number, "ci", "192.0.2.1", "refused: put-manifest", "/v2/" + number);
  }

  private static Line line(int number) {
    var text =
        "%s%s at=%d who=ci network=192.0.2.1 what=put-manifest repository= about=\"/v2/%d\""
            .formatted(RefusalLine.MARK, new UUID(7, number), entry(number).atMillis(), number);
    return new Line("id" + number, NOW.toEpochMilli() + 5_000, text);
  }

  private List<AuditEntry> stored() {
    return new AuditLog(environment).list(any -> true, 0, Optional.empty(), 200).entries();
  }

  @Test
  void haveTheTimeAndTheWordsOfTheirLines() {
    var others = new Line("x", 1, "ERROR dev.roadstead.Failures - request failed");
    var lines = LogEvent.of(List.of(line(1), others, line(2)));
    job.run(LogBatch.read(lines));
    job.run(LogBatch.read(lines));

    assertThat(stored()).containsExactly(entry(2), entry(1));
  }

  @ParameterizedTest
  @EnumSource
  void areFinishedByTheSameLinesAfterACrash(When when) {
    var lines = LogEvent.of(IntStream.range(0, 110).mapToObj(RecordRefusalsTest::line).toList());
    for (int call = 0; call < 4; call++) {
      calls.crashAt(call, when);
      try {
        job.run(LogBatch.read(lines));
      } catch (Crashed died) {
        calls.restart();
      }
    }
    calls.restart();
    job.run(LogBatch.read(lines));

    assertThat(stored()).hasSize(110).doesNotHaveDuplicates();
  }

  @Test
  void askForTheStoreNoMoreThanTheyMayWhenTheyComeOneByOne() {
    for (int number = 0; number < 1_000; number++) {
      job.run(new Refusal(new UUID(8, number), entry(0)));
    }

    assertThat(calls.calls()).hasSize(2 * RefusalEntries.MAX_A_MINUTE);
    assertThat(stored()).hasSize(RefusalEntries.MAX_A_MINUTE);
  }

  @Test
  void areInTheLogAloneWhenTheStoreCannotAnswerAndNobodySendsThemAgain() {
    calls.actBeforeEvery(
        "get",
        () -> {
          throw new StoreException("no answer");
        });
    job.run(new Refusal(new UUID(8, 1), entry(0)));
    var lines = LogBatch.read(LogEvent.of(List.of(line(1))));
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> job.run(lines));
    calls.restart();

    assertThat(stored()).isEmpty();
  }
}
