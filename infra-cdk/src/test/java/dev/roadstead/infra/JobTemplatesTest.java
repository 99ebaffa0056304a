package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.infra.cost.Month;
import dev.roadstead.infra.function.Right;
import dev.roadstead.infra.function.Rights;
import dev.roadstead.model.AccountName;
import dev.roadstead.registry.Keys;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the template says of jobs, of what begins them, and of keys. */
class JobTemplatesTest {
  private final Assembly.Template template = Assembly.plain().registry();

  @ParameterizedTest
  @EnumSource
  void everyJobIsAFunctionThatMayDoWhatTheRightsTableSays(Job job) {
    var statements =
        template
            .behind(function(job).path("Role"))
            .at("/Policies/0/PolicyDocument/Statement")
            .values()
            .stream()
            .map(JobTemplatesTest::actions)
            .toList();
    var ownLog = List.of("logs:CreateLogStream", "logs:PutLogEvents");
    var rights =
        Stream.of(Right.values()).filter(Rights.of(job)::contains).map(Right::actions).toList();

    assertThat(statements)
        .containsExactlyElementsOf(Stream.concat(Stream.of(ownLog), rights.stream()).toList());
    assertThat(function(job).path("Timeout").asLong()).isEqualTo(job.timeLimit().toSeconds());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "SET_ADMINISTRATOR")
  void whatNobodyWaitsForIsTriedThreeTimesAndThenKept(Job job) {
    var invoke =
        template.all("AWS::Lambda::EventInvokeConfig").stream()
            .map(config -> config.path("Properties"))
            .filter(config -> template.behind(config.path("FunctionName")).equals(function(job)))
            .toList();

    assertThat(invoke).hasSize(1);
    assertThat(invoke.getFirst().path("MaximumRetryAttempts").asInt()).isEqualTo(2);
    assertThat(invoke.getFirst().path("Qualifier").asString()).isEqualTo("live");
    assertThat(isTheQueue(invoke.getFirst().at("/DestinationConfig/OnFailure/Destination")))
        .isTrue();
  }

  @Test
  void aDirectPutBeginsBlobCreated() {
    var rule = ruleWith("EventPattern");

    assertThat(rule.at("/EventPattern/source/0").asString()).isEqualTo("aws.s3");
    assertThat(rule.at("/EventPattern/detail-type/0").asString()).isEqualTo("Object Created");
    assertThat(rule.at("/EventPattern/detail/object/key/0/prefix").asString()).isEqualTo("in/");
    assertThat(rule.at("/EventPattern/detail/bucket/name").toString())
        .contains("RoadsteadData:ExportsOutputRef");
    begins(rule, Job.BLOB_CREATED);
  }

  @ParameterizedTest
  @EnumSource(names = {"RUN_COLLECTOR", "UPDATE_EDGE"})
  void timeBeginsTheCollectorAndTheExchangeOfKeys(Job job) {
    var rules =
        template.all("AWS::Events::Rule").stream()
            .map(rule -> rule.path("Properties"))
            .filter(rule -> rule.has("ScheduleExpression"))
            .filter(rule -> isOf(rule.at("/Targets/0/Arn"), job))
            .toList();

    assertThat(rules).hasSize(1);
    assertThat(rules.getFirst().path("ScheduleExpression").asString())
        .isEqualTo(job == Job.UPDATE_EDGE ? "rate(1 day)" : "rate(1 hour)");
    begins(rules.getFirst(), job);
  }

  /** EventBridge gives up after ten tries and leaves the event in the queue. */
  private void begins(JsonNode rule, Job job) {
    var target = rule.at("/Targets/0");
    assertThat(isOf(target.path("Arn"), job)).isTrue();
    assertThat(isTheQueue(target.at("/DeadLetterConfig/Arn"))).isTrue();
    assertThat(target.at("/RetryPolicy/MaximumRetryAttempts").asInt()).isEqualTo(10);
    assertThat(
            template.all("AWS::Lambda::Permission").stream()
                .map(permission -> permission.path("Properties"))
                .filter(p -> p.path("Principal").asString().equals("events.amazonaws.com"))
                .filter(p -> isOf(p.path("FunctionName"), job)))
        .isNotEmpty();
  }

  @Test
  void aGrantToAnonymousBeginsAnUpdateOfTheEdgeAndNoOtherChangeDoes() {
    var mapping = template.only("AWS::Lambda::EventSourceMapping");
    var pattern =
        new JsonMapper().readTree(mapping.at("/FilterCriteria/Filters/0/Pattern").asString());
    var key = Keys.account(AccountName.ANONYMOUS);

    assertThat(pattern.at("/dynamodb/Keys/PK/S/0").asString()).isEqualTo(key.partition());
    assertThat(pattern.at("/dynamodb/Keys/SK/S/0").asString()).isEqualTo(key.sort());
    assertThat(isOf(mapping.path("FunctionName"), Job.UPDATE_EDGE)).isTrue();
    assertThat(isTheQueue(mapping.at("/DestinationConfig/OnFailure/Destination"))).isTrue();
  }

  @Test
  void anAlarmSoundsWhenAJobHasFailedForGood() {
    assertThat(
            template.all("AWS::CloudWatch::Alarm").stream()
                .map(alarm -> alarm.path("Properties"))
                .filter(
                    a ->
                        a.path("MetricName")
                            .asString()
                            .equals("ApproximateNumberOfMessagesVisible"))
                .map(alarm -> alarm.path("Threshold").asInt()))
        .containsExactly(0);
  }

  @Test
  void thereAreAsManyAlarmsAsTheBillCounts() {
    assertThat(template.all("AWS::CloudWatch::Alarm")).hasSize(Month.ALARMS);
  }

  @ParameterizedTest
  @MethodSource("dev.roadstead.route.Task#all")
  void noFunctionHasAKeyInItsEnvironment(Task task) {
    var variables = function(task).at("/Environment/Variables");

    assertThat(variables.propertyNames())
        .doesNotContain("ROADSTEAD_LOCATION_KEYS", "ROADSTEAD_TOKEN_KEYS", "ROADSTEAD_EDGE_KEYS");
    assertThat(variables.path("ROADSTEAD_SECRETS_TABLE").has("Ref")).isTrue();
    assertThat(variables.has("ROADSTEAD_EDGE_STORE")).isEqualTo(task == Job.UPDATE_EDGE);
  }

  @Test
  void theTableOfKeysHasNoCopyAndGoesWithTheStack() {
    var table = template.all("AWS::DynamoDB::GlobalTable").getFirst();

    assertThat(table.path("DeletionPolicy").asString()).isEqualTo("Delete");
    assertThat(table.path("Properties").has("StreamSpecification")).isFalse();
  }

  /** A function starts for its snapshot when its version is made, and cannot without keys. */
  @Test
  void everyOperationStartsAfterItsKeysAreMade() {
    var after =
        template.all("AWS::Lambda::Version").stream()
            .filter(version -> version.path("DependsOn").toString().contains("KeysMade"))
            .toList();

    assertThat(after).hasSize(Operation.values().length);
    assertThat(isOf(template.only("Custom::RoadsteadKeys").path("ServiceToken"), Job.UPDATE_EDGE))
        .isTrue();
  }

  @Test
  void onlyOneFunctionChangesKeysAndTellsTheEdge() {
    assertThat(Task.all().filter(task -> Rights.of(task).contains(Right.CHANGE_SECRETS)))
        .containsExactly(Job.UPDATE_EDGE);
    assertThat(Task.all().filter(task -> Rights.of(task).contains(Right.TELL_EDGE)))
        .containsExactly(Job.UPDATE_EDGE);
  }

  /** Readers may write nothing but how often a login has failed. */
  @Test
  void whoOnlyCountsFailedLoginsIsHeldToTheirPartitions() {
    Arrays.stream(Operation.values())
        .filter(operation -> Rights.of(operation).contains(Right.COUNT_LOGINS))
        .forEach(
            operation -> {
              var writing =
                  template
                      .behind(function(operation).path("Role"))
                      .at("/Policies/0/PolicyDocument/Statement")
                      .values()
                      .stream()
                      .filter(s -> actions(s).contains("dynamodb:PutItem"))
                      .toList();
              assertThat(writing).hasSize(1);
              assertThat(
                      writing
                          .getFirst()
                          .path("Condition")
                          .path("ForAllValues:StringLike")
                          .path("dynamodb:LeadingKeys")
                          .path(0)
                          .asString())
                  .isEqualTo("PF#*");
            });
  }

  private JsonNode ruleWith(String property) {
    return template.all("AWS::Events::Rule").stream()
        .map(rule -> rule.path("Properties"))
        .filter(rule -> rule.has(property))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode function(Task task) {
    return template.function(task);
  }

  private boolean isOf(JsonNode reference, Task task) {
    return template.isOf(reference, task);
  }

  private boolean isTheQueue(JsonNode reference) {
    return template.behind(reference).equals(template.only("AWS::SQS::Queue"));
  }

  private static List<String> actions(JsonNode statement) {
    var action = statement.path("Action");
    return action.isArray()
        ? action.values().stream().map(JsonNode::asString).toList()
        : List.of(action.asString());
  }
}
