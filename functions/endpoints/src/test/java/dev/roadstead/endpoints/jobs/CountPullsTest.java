package dev.roadstead.endpoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.Crashed;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RegistrySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulls are counted where they are seen, and stored together. */
class CountPullsTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");
  private static final long AT = NOW.toEpochMilli();
  private static final long TODAY = PullCount.dayOf(AT);

  private final FaultPlan calls = new FaultPlan();
  private final Pulls pulls =
      new Pulls(
          new Environment(
              new FaultyMetadataStore(new InMemoryMetadataStore(), calls),
              new InMemoryBlobStore(),
              () -> NOW,
              UUID::randomUUID,
              RegistrySettings.DEFAULTS));
  private final CountPulls job = new CountPulls(pulls);

  private static Digest manifest(int number) {
    return Digest.sha256(new byte[] {(byte) (number / 256), (byte) number});
  }

  private static Pull pull(int number) {
    return new Pull(APP, manifest(number));
  }

  private List<PullCount> stored() {
    return pulls.list(APP, 0, Optional.empty(), Pulls.MAX_PAGE).counts();
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

    assertThat(calls.calls()).containsExactly("write");
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

  @Test
  void keepsForTheNextRunWhatTheStoreDidNotTake() {
    job.add(pull(1), AT);
    job.add(pull(2), AT);
    calls.crashAt(1, When.BEFORE); // the first update finds nothing, and the creation fails
    assertThatExceptionOfType(Crashed.class).isThrownBy(job::run);
    calls.restart();
    job.run();

    assertThat(stored()).extracting(PullCount::pulls).containsExactly(1L, 1L);
  }

  private static byte[] batch(String json) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    var data = Base64.getEncoder().encodeToString(packed.toByteArray());
    return "{\"awslogs\":{\"data\":\"%s\"}}".formatted(data).getBytes(StandardCharsets.UTF_8);
  }

  private static String event(String message) {
    return "{\"id\":\"1\",\"timestamp\":%d,\"message\":\"%s\"}".formatted(AT, message);
  }

  @Test
  void countsTheLinesOfItsOwnInABatchOfALog() throws IOException {
    var line = "INFO dev.roadstead.pulls - repository=team/app digest=" + manifest(1) + "\\n";
    var events =
        List.of(
            event("START RequestId: 1 Version: 2\\n"),
            event(line),
            event("WARN dev.roadstead.audit - refused: about=\\\"" + line + "\\\"\\n"),
            event(line));

    LoggedPulls.count(
        batch("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":" + events + "}"), job);

    assertThat(stored()).containsExactly(new PullCount(TODAY, APP, manifest(1), 2));
  }

  @Test
  void findsNothingInAnEventOfAnotherKind() {
    LoggedPulls.count("{\"Records\":[]}".getBytes(StandardCharsets.UTF_8), job);

    assertThat(calls.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"awslogs\":{\"data\":\"AA==\"}}", "{\"awslogs\":{\"data\":1}}"})
  void refusesWhatIsNoBatch(String event) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoggedPulls.count(event.getBytes(StandardCharsets.UTF_8), job));
    assertThat(calls.calls()).isEmpty();
  }
}
