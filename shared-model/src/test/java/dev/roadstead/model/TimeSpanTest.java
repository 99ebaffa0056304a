package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
  @Test
  void readsSecondsMinutesHoursAndDays() {
    assertThat(TimeSpan.parse("30s")).isEqualTo(Duration.ofSeconds(30));
    assertThat(TimeSpan.parse("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(TimeSpan.parse("24h")).isEqualTo(Duration.ofDays(1));
    assertThat(TimeSpan.parse("37d")).isEqualTo(Duration.ofDays(37));
    assertThat(TimeSpan.parse("0s")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "m", "-5m", "5 m", "5M", "1h30m", "0.5h", "9999999999s", "3651d"})
  void refusesWhatIsNoLengthOfTime(String text) {
    assertThatThrownBy(() -> TimeSpan.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "30s", "90s", "5m", "36h", "1d", "37d"})
  void writesWhatItReads(String text) {
    assertThat(TimeSpan.format(TimeSpan.parse(text))).isEqualTo(text);
  }
}
