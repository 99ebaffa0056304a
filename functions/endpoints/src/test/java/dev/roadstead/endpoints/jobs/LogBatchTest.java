package dev.roadstead.endpoints.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.endpoints.jobs.LogBatch.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogBatchTest {
  @Test
  void hasEveryLineWithItsNameAndItsTime() {
    var lines = List.of(new Line("1", 1_767_355_200_000L, "one"), new Line("2", 7, "\"two\" {}"));

    assertThat(LogBatch.read(LogEvent.of(lines)).lines()).isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Records\":[{}]}", "{\"awslogs\":{}}", "{\"data\":\"x\"}", "{}"})
  void hasNoLinesWhenTheEventIsOfAnotherKind(String event) {
    assertThat(LogBatch.read(event.getBytes(StandardCharsets.UTF_8)).lines()).isEmpty();
  }

  /** Sent when a subscription is made, to see whether somebody listens. */
  @Test
  void hasNoLinesWhenTheLogOnlyAsks() {
    var control =
        LogEvent.packed(
            "{\"messageType\":\"CONTROL_MESSAGE\",\"owner\":\"CloudwatchLogs\",\"logGroup\":\"\","
                + "\"logEvents\":[{\"id\":\"\",\"timestamp\":1,"
                + "\"message\":\"CWL CONTROL MESSAGE: Checking health of destination Lambda.\"}]}");

    assertThat(LogBatch.read(control).lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"awslogs\":{\"data\":\"AA==\"}}",
        "{\"awslogs\":{\"data\":1}}",
        "{\"awslogs\":{\"data\":\"?\"}}"
      })
  void isRefusedWhenItIsNone(String event) {
    refuses(event.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"logEvents\":[{\"timestamp\":\"soon\"}]}"})
  void isRefusedWhenWhatIsPackedIsNone(String json) {
    refuses(LogEvent.packed(json));
  }

  @Test
  void isRefusedWhenItUnpacksToMoreThanItMay() {
    var bomb = LogEvent.packed("{\"a\":\"" + "x".repeat(LogBatch.MAX_BYTES) + "\"}");
    assertThat(bomb).as("what it is packed").hasSizeLessThan(100_000);

    refuses(bomb);
  }

  @Test
  void isRefusedWhenItHasMoreLinesThanItMay() {
    var lines = "{},".repeat(LogBatch.MAX_LINES) + "{}";

    refuses(LogEvent.packed("{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[" + lines + "]}"));
  }

  @Test
  void isRefusedWhenTheEventIsLongerThanItMay() {
    refuses(new byte[LogBatch.MAX_EVENT_BYTES + 1]);
  }

  private static void refuses(byte[] event) {
    assertThatIllegalArgumentException().isThrownBy(() -> LogBatch.read(event));
  }
}
