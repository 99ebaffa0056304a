package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.infra.function.Right;
import dev.roadstead.infra.function.Rights;
import dev.roadstead.route.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the template says of the function of each operation. */
class FunctionTemplatesTest {
  private static final List<String> OWN_LOG = List.of("logs:CreateLogStream", "logs:PutLogEvents");

  private final Assembly.Template template = Assembly.plain().registry();

  @ParameterizedTest
  @EnumSource
  void everyOperationIsExactlyOneFunction(Operation operation) {
    assertThat(template.functions(operation)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void startsFromASnapshotOfJava25(Operation operation) {
    var function = template.functions(operation).getFirst();

    assertThat(function.path("Runtime").asString()).isEqualTo("java25");
    assertThat(function.path("Architectures").path(0).asString()).isEqualTo("arm64");
    assertThat(function.path("SnapStart").path("ApplyOn").asString())
        .isEqualTo("PublishedVersions");
    assertThat(function.path("Handler").asString()).endsWith(".FunctionInvoker");
    assertThat(function.at("/Environment/Variables/MAIN_CLASS").asString())
        .isEqualTo("dev.roadstead.lambda.RegistryFunction");
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheSecondCompilerOnlyWhereBlobsAreHashed(Operation operation) {
    var function = template.functions(operation).getFirst();
    var options = function.at("/Environment/Variables/JAVA_TOOL_OPTIONS").asString();

    assertThat(options).contains("-XX:TieredStopAtLevel=4");
    assertThat(options.endsWith("-XX:TieredStopAtLevel=1")).isNotEqualTo(operation.hashesBlobs());
  }

  @ParameterizedTest
  @EnumSource
  void mayDoWhatTheRightsTableSaysAndNothingElse(Operation operation) {
    var wanted = new ArrayList<List<String>>();
    wanted.add(OWN_LOG);
    Stream.of(Right.values())
        .filter(Rights.of(operation)::contains)
        .map(Right::actions)
        .forEach(wanted::add);

    assertThat(policies(operation)).hasSize(1);
    assertThat(statements(operation).map(FunctionTemplatesTest::actions))
        .containsExactlyElementsOf(wanted);
    assertThat(role(operation).has("ManagedPolicyArns")).isFalse();
  }

  /** What gives rights to more than one function, or to none, is none of these. */
  @Test
  void noRoleIsSharedAndNoPolicyIsBesideThem() {
    var roles = new HashSet<JsonNode>();
    for (var operation : Operation.values()) {
      roles.add(template.functions(operation).getFirst().path("Role"));
    }

    assertThat(roles).hasSameSizeAs(Operation.values());
    assertThat(template.all("AWS::IAM::Policy")).isEmpty();
    assertThat(template.all("AWS::IAM::ManagedPolicy")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void listsOnlyBelowThePrefixOfDirectPutsUnlessItChecks(Operation operation) {
    var listing = statements(operation).filter(s -> actions(s).contains("s3:ListBucket")).toList();

    assertThat(listing)
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(
            statement ->
                operation == Operation.START_CHECK
                    || statement.at("/Condition/StringLike/s3:prefix").asString().equals("in/*"));
  }

  @ParameterizedTest
  @EnumSource
  void writesNoObjectWhereDirectPutsGo(Operation operation) {
    statements(operation)
        .filter(statement -> actions(statement).contains("s3:PutObject"))
        .forEach(
            statement -> assertThat(statement.path("Resource").toString()).doesNotContain("/in/"));
  }

  @ParameterizedTest
  @EnumSource
  void isCalledThroughTheAliasAtAnAddressOfItsOwn(Operation operation) {
    var function = template.functions(operation).getFirst();
    var urls =
        template.all("AWS::Lambda::Url").stream()
            .map(url -> url.path("Properties"))
            .filter(url -> template.behind(url.path("TargetFunctionArn")).equals(function))
            .toList();

    assertThat(urls).hasSize(1);
    assertThat(urls.getFirst().path("Qualifier").asString()).isEqualTo("live");
  }

  @Test
  void everyAddressHasBothPermissionsThatAwsAsksFor() {
    var permissions =
        template.all("AWS::Lambda::Permission").stream().map(p -> p.path("Properties")).toList();

    assertThat(permissions)
        .filteredOn(p -> p.path("Action").asString().equals("lambda:InvokeFunctionUrl"))
        .hasSameSizeAs(Operation.values());
    assertThat(permissions)
        .filteredOn(p -> p.path("InvokedViaFunctionUrl").asBoolean(false))
        .hasSameSizeAs(Operation.values())
        .allMatch(p -> p.path("Action").asString().equals("lambda:InvokeFunction"));
  }

  @ParameterizedTest
  @EnumSource
  void keepsItsLogForAMonth(Operation operation) {
    var function = template.functions(operation).getFirst();
    var log = template.behind(function.at("/LoggingConfig/LogGroup"));

    assertThat(log.path("RetentionInDays").asInt()).isEqualTo(30);
  }

  private JsonNode role(Operation operation) {
    return template.behind(template.functions(operation).getFirst().path("Role"));
  }

  private List<JsonNode> policies(Operation operation) {
    return role(operation).path("Policies").values().stream().toList();
  }

  private Stream<JsonNode> statements(Operation operation) {
    return policies(operation).getFirst().at("/PolicyDocument/Statement").values().stream();
  }

  private static List<String> actions(JsonNode statement) {
    var action = statement.path("Action");
    return action.isArray()
        ? action.values().stream().map(JsonNode::asString).toList()
        : List.of(action.asString());
  }
}
