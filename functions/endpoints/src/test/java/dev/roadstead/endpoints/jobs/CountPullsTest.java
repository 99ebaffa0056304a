package dev.roadstead.endpoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.PullBatch;
import dev.roadstead.registry.PullCount;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pulls are counted where they are seen, and stored together. */
class CountPullsTest extends CountingPulls {
  private static Pull pull(int number) {
    return new Pull(APP, manifest(number));
  }

  private List<PullCount> stored() {
    return pulls.list(APP, 0, Optional.empty(), 1_000).counts();
  }

  @Test
  void aThousandPullsOfAManifestAreOneWrite() {
    job.add(pull(1), AT);
    job.run();
    calls.restart();

    IntStream.range(0, 1000).forEach(i -> job.add(pull(1), AT));
    assertThat(calls.calls()).as("while clients pull").isEmpty();
    job.run();
    job.run();

    assertThat(calls.calls()).containsExactly("transact");
    assertThat(stored()).containsExactly(new PullCount(TODAY, APP, manifest(1), 1001));
  }

  @Test
  void eachDayHasItsOwnCount() {
    job.add(pull(1), AT - 86_400_000);
    job.add(pull(1), AT);
    job.run();

    assertThat(stored())
        .containsExactly(
            new PullCount(TODAY, APP, manifest(1), 1),
            new PullCount(TODAY - 1, APP, manifest(1), 1));
  }

  @Test
  void asksForARunWhenItIsFullAndCountsNoFurtherManifestUntilThen() {
    for (int i = 1; i < CountPulls.MAX_MANIFESTS; i++) {
      assertThat(job.add(pull(i), AT)).isFalse();
    }
    assertThat(job.add(pull(0), AT)).isTrue();
    assertThat(job.add(pull(CountPulls.MAX_MANIFESTS), AT)).isTrue();
    job.run();

    assertThat(pulls.list(APP, 0, Optional.empty(), 1000).counts())
        .hasSize(CountPulls.MAX_MANIFESTS)
        .noneMatch(count -> count.digest().equals(manifest(CountPulls.MAX_MANIFESTS)));
    assertThat(job.add(pull(CountPulls.MAX_MANIFESTS), AT)).isFalse();
  }

  /** A run that is cut off is finished by the next one, whatever the store has heard of it. */
  @ParameterizedTest
  @EnumSource
  void aCrashAtAnyCallLosesNoPullAndCountsNoneTwice(When when) {
    int manifests = 2 * PullBatch.MAX_COUNTS + 1;
    for (int call = 0; call < 6; call++) {
      var repository = new RepositoryName("crashed/" + call);
      IntStream.range(0, manifests)
          .forEach(number -> job.add(new Pull(repository, manifest(number)), AT));
      calls.crashAt(call, when);
      assertThatExceptionOfType(Crashed.class).isThrownBy(job::run);
      calls.restart();
      job.add(new Pull(repository, manifest(0)), AT);
      job.run();

      assertThat(pulls.list(repository, 0, Optional.empty(), 1_000).counts())
          .as("call %d", call)
          .hasSize(manifests)
          .allMatch(count -> count.pulls() == (count.digest().equals(manifest(0)) ? 2 : 1));
    }
  }
}
