package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.PullBatch;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RegistrySettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullsCommandTest {
  private static final Digest DIGEST = Digest.sha256(new byte[0]);

  @TempDir private Path data;
  private final InstantSource clock = InstantSource.system();
  private final long today = PullCount.dayOf(clock.millis());

  @BeforeEach
  void countPulls() {
    try (var folder = DataFolder.open(data, new SecureRandom());
        var metadata = SqliteMetadataStore.open(folder)) {
      var environment =
          new Environment(
              metadata,
              new InMemoryBlobStore(),
              clock,
              UUID::randomUUID,
              RegistrySettings.DEFAULTS);
      var pulls = new Pulls(environment);
      var app = new RepositoryName("team/app");
      pulls.add(
          new PullBatch(
              UUID.randomUUID(),
              List.of(
                  new PullCount(today - 2, app, DIGEST, 4711),
                  new PullCount(today - 9, app, DIGEST, 12))));
    }
  }

  private Run run(String... options) {
    var words = new String[options.length + 4];
    System.arraycopy(new String[] {"pulls", "team/app", "--data", data.toString()}, 0, words, 0, 4);
    System.arraycopy(options, 0, words, 4, options.length);
    return Run.of(words);
  }

  @Test
  void showsEachDayOnALineTheNewestFirst() {
    var shown = run();

    assertThat(shown.status()).isZero();
    assertThat(shown.output().lines())
        .containsExactly(
            "day         pulls  digest",
            LocalDate.ofEpochDay(today - 2) + "  4711   " + DIGEST,
            LocalDate.ofEpochDay(today - 9) + "  12     " + DIGEST);
  }

  @Test
  void printsTheAnswerItselfAndNothingBeforeADay() {
    var shown = run("--output", "json", "--since", LocalDate.ofEpochDay(today - 3).toString());

    assertThat(shown.output()).contains("\"pulls\" : 4711").doesNotContain("12,");
  }

  @Test
  void wantsADayAndARepository() {
    assertThat(run("--since", "yesterday").status()).isEqualTo(2);
    assertThat(Run.of("pulls").errors()).contains("REPOSITORY");
    assertThat(Run.of("pulls", "Team/App").status()).isEqualTo(2);
  }
}
