package dev.roadstead.endpoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.endpoints.jobs.LogBatch.Line;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.PullBatch;
import dev.roadstead.registry.PullCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls that come as lines of a log, some of them again. */
class LoggedPullsTest extends CountingPulls {
  private static Line line(String id, String repository, int manifest) {
    return new Line(id, AT, LoggedPulls.MARK + repository + " digest=" + manifest(manifest));
  }

  private static Line line(String id, int manifest) {
    return line(id, APP.text(), manifest);
  }

  private List<PullCount> stored(String repository) {
    return pulls.list(new RepositoryName(repository), 0, Optional.empty(), 1_000).counts();
  }

  private void deliver(List<Line> lines) {
    job.run(LogBatch.read(LogEvent.of(lines)));
  }

  @Test
  void areToldByTheWholeLine() {
    var one = line("1", 1).text();
    deliver(
        List.of(
            new Line("1", AT, "START RequestId: 1 Version: 2"),
            new Line("2", AT, one),
            new Line("3", AT, "WARN dev.roadstead.audit - refused: about=\"" + one + "\""),
            new Line("4", AT, one + " and more"),
            new Line("5", AT, one.replace("team/app", "Team/App")),
            new Line("6", AT, one.replace("sha256", "md5")),
            new Line("7", AT, one)));

    assertThat(stored(APP.text())).containsExactly(new PullCount(TODAY, APP, manifest(1), 2));
  }

  @Test
  void countOnceThoughALineStandsInABatchTwice() {
    deliver(List.of(line("1", 1), line("1", 1)));

    assertThat(stored(APP.text())).containsExactly(new PullCount(TODAY, APP, manifest(1), 1));
  }

  @Test
  void ofTheSameManifestAreOneTransactionHoweverManyTheyAre() {
    deliver(List.of(line("1", 1)));
    calls.restart();
    deliver(IntStream.range(2, 5_000).mapToObj(id -> line(Integer.toString(id), 1)).toList());

    assertThat(calls.calls()).containsExactly("transact");
    assertThat(stored(APP.text())).containsExactly(new PullCount(TODAY, APP, manifest(1), 4_999));
  }

  /** Whoever sends a batch sends it again when nobody says that it was taken. */
  @ParameterizedTest
  @EnumSource
  void aCrashAtAnyCallIsFinishedByTheSameBatch(When when) {
    int manifests = 3 * PullBatch.MAX_COUNTS;
    for (int call = 0; call < 6; call++) {
      var repository = "crashed/" + call;
      var lines =
          IntStream.range(0, manifests)
              .mapToObj(number -> line(repository + number, repository, number))
              .toList();
      calls.crashAt(call, when);
      assertThatExceptionOfType(Crashed.class).isThrownBy(() -> deliver(lines));
      calls.restart();
      deliver(lines);
      deliver(lines);

      assertThat(stored(repository))
          .as("call %d", call)
          .hasSize(manifests)
          .allMatch(count -> count.pulls() == 1);
    }
  }

  /** Batches of any size, cut off anywhere, again and again and in any order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void countOnceWhateverHappensToTheirBatches(long seed) {
    var random = new Random(seed);
    var pulled = new HashMap<Digest, Long>();
    var open = new ArrayList<List<Line>>();
    for (int batch = 0; batch < 12; batch++) {
      var lines = new ArrayList<Line>();
      for (int i = random.nextInt(400); i >= 0; i--) {
        int number = random.nextInt(1 + random.nextInt(300));
        lines.add(line(batch + "-" + i, APP.text(), number));
        pulled.merge(manifest(number), 1L, Long::sum);
      }
      open.add(lines);
    }
    var delivered = new ArrayList<List<Line>>();
    while (delivered.size() < open.size()) {
      var lines = open.get(random.nextInt(open.size()));
      calls.restart();
      calls.crashAt(random.nextInt(12), random.nextBoolean() ? When.BEFORE : When.AFTER);
      try {
        deliver(lines);
        if (!delivered.contains(lines)) {
          delivered.add(lines);
        }
      } catch (Crashed died) {
        calls.restart();
      }
    }
    calls.restart();

    assertThat(stored(APP.text()))
        .allMatch(count -> count.pulls() == pulled.getOrDefault(count.digest(), 0L))
        .hasSameSizeAs(pulled.keySet());
  }
}
