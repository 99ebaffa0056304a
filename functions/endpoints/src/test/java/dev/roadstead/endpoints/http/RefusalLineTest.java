package dev.roadstead.endpoints.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.Refusal;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalLineTest {
  private static final String LOGGER = "WARN dev.roadstead.audit - ";

  private static Refusal refusal(String about) {
    return new Refusal(
        new UUID(1, 2),
        new AuditEntry(
            1_767_355_200_123L,
            "ci-1",
            "2001:db8::7",
            "refused: put-manifest",
            about,
            Optional.of(new RepositoryName("team/app"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"team/app v1", "", "\"", "team/app a\" about=\"b", "\u2028 \u00e9 {}"})
  void saysAllThatItsEntryHas(String about) {
    var refusal = refusal(about);

    assertThat(RefusalLine.read(LOGGER + RefusalLine.text(refusal))).contains(refusal);
  }

  @Test
  void saysWhenThereIsNoRepositoryAndNoNetwork() {
    var refusal =
        new Refusal(new UUID(1, 2), new AuditEntry(7, "unknown", "", "refused: log-in", ""));

    assertThat(RefusalLine.read(LOGGER + RefusalLine.text(refusal))).contains(refusal);
  }

  @Test
  void isMarked() {
    assertThat(LOGGER + RefusalLine.text(refusal(""))).startsWith(RefusalLine.MARK);
  }

  @Test
  void isTheWholeLine() {
    var line = LOGGER + RefusalLine.text(refusal("team/app v1"));

    assertThat(RefusalLine.read("INFO another - " + line)).isEmpty();
    assertThat(RefusalLine.read(line + " and more")).isEmpty();
    assertThat(RefusalLine.read(line.replace("team/app", "Team/App"))).isEmpty();
    assertThat(RefusalLine.read(line.replace("who=ci-1", "who=ci 1"))).isEmpty();
    assertThat(RefusalLine.read(line.replace("at=1", "at=x"))).isEmpty();
    assertThat(RefusalLine.read(LOGGER + RefusalLine.text(refusal("x".repeat(2_000))))).isEmpty();
    assertThat(RefusalLine.read("")).isEmpty();
  }
}
