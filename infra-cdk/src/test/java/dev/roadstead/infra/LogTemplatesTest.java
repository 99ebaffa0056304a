package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.endpoints.http.RefusalLine;
import dev.roadstead.endpoints.jobs.LoggedPulls;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the template says of logs, and of what is read in them. */
class LogTemplatesTest {
  /** How many subscriptions CloudWatch Logs takes for one log. */
  private static final int MAX_SUBSCRIPTIONS = 2;

  private final Assembly.Template template = Assembly.plain().registry();

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(Job.COUNT_PULLS, LoggedPulls.MARK),
        Arguments.of(Job.RECORD_REFUSALS, RefusalLine.MARK));
  }

  @Test
  void operationsShareALogAndEveryJobHasItsOwn() {
    var operations = Arrays.stream(Operation.values()).map(this::log).distinct().toList();
    var jobs = Arrays.stream(Job.values()).map(this::log).distinct().toList();

    assertThat(operations).hasSize(1);
    assertThat(jobs).hasSameSizeAs(Job.values()).doesNotContainAnyElementsOf(operations);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aJobGetsTheLinesThatItLooksForAndNoOthers(Job job, String mark) {
    var filters =
        subscriptions().stream().filter(f -> isOf(f.path("DestinationArn"), job)).toList();

    assertThat(filters).hasSize(1);
    assertThat(filters.getFirst().path("FilterPattern").asString()).isEqualTo('"' + mark + '"');
    assertThat(filters.getFirst().path("LogGroupName")).isEqualTo(log(Operation.GET_MANIFEST));
  }

  @Test
  void noJobIsBegunByWhatAJobWrites() {
    var jobs = Arrays.stream(Job.values()).map(this::log).toList();

    assertThat(subscriptions())
        .hasSizeLessThanOrEqualTo(MAX_SUBSCRIPTIONS)
        .noneMatch(filter -> jobs.contains(filter.path("LogGroupName")));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void thatLogMayBeginThatJobAndNoOtherMay(Job job, String mark) {
    var group = log(Operation.GET_MANIFEST).path("Ref").asString();
    var permissions = permissions().filter(p -> isOf(p.path("FunctionName"), job)).toList();

    assertThat(permissions).hasSize(1);
    assertThat(permissions.getFirst().path("Action").asString()).isEqualTo("lambda:InvokeFunction");
    assertThat(permissions.getFirst().at("/SourceArn/Fn::GetAtt/0").asString()).isEqualTo(group);
    assertThat(permissions.getFirst().at("/SourceArn/Fn::GetAtt/1").asString()).isEqualTo("Arn");
  }

  @Test
  void logsMayBeginNothingElse() {
    assertThat(permissions()).hasSameSizeAs(lines().toList());
  }

  private List<JsonNode> subscriptions() {
    return template.all("AWS::Logs::SubscriptionFilter").stream()
        .map(filter -> filter.path("Properties"))
        .toList();
  }

  private Stream<JsonNode> permissions() {
    return template.all("AWS::Lambda::Permission").stream()
        .map(permission -> permission.path("Properties"))
        .filter(p -> p.path("Principal").asString().startsWith("logs."));
  }

  /** The reference to the log of a task's function. */
  private JsonNode log(Task task) {
    return template.function(task).at("/LoggingConfig/LogGroup");
  }

  private boolean isOf(JsonNode reference, Task task) {
    return template.isOf(reference, task);
  }
}
