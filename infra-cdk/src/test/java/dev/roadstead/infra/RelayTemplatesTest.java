package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.infra.function.Right;
import dev.roadstead.infra.function.Rights;
import dev.roadstead.route.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the template says of a relay that sleeps. */
class RelayTemplatesTest {
  private static final String MACHINE = "AWS::EC2::Instance";
  private static final String WAKE = "ec2:StartInstances";
  private static final String TOLD = "/Environment/Variables/ROADSTEAD_";

  private final Assembly.Template template = Assembly.plain().registry();
  private final JsonNode machine = template.only("AWS::EC2::Instance");

  @Test
  void sleepsWhenItShutsItselfDown() {
    assertThat(machine.path("InstanceInitiatedShutdownBehavior").asString()).isEqualTo("stop");
    assertThat(script()).contains("ExecStopPost=+/usr/bin/systemctl --no-block poweroff");
  }

  /** Else a machine that could not install its relay would run, and cost money, for ever. */
  @Test
  void stopsAlsoWhenItCannotInstallItselfAndTriesAgainAtTheNextStart() {
    assertThat(script())
        .contains("set -e\n")
        .contains(
            "trap 'rm -f /var/lib/cloud/instance/sem/config_scripts_user; shutdown -h now' ERR");
  }

  @Test
  void getsItsProgramFromTheAssetsOnceTheGatewaysAreThere() {
    var resources = template.json().path("Resources");
    var machineWaitsFor =
        resources.values().stream()
            .filter(resource -> resource.path("Type").asString().equals("AWS::EC2::Instance"))
            .flatMap(resource -> resource.path("DependsOn").values().stream())
            .map(JsonNode::asString)
            .toList();

    assertThat(script()).contains("aws s3 cp").contains("cdk-hnb659fds-assets-");
    assertThat(machineWaitsFor.stream().map(resources::path))
        .filteredOn(it -> it.path("Type").asString().equals("AWS::EC2::VPCEndpoint"))
        .hasSize(2);
  }

  /** CloudFront refuses to change a way that is in use, so no deployment may ask for that. */
  @Test
  void anotherMachineHasAnotherWayToIt() {
    var other = Assembly.of(Map.of("reads", "cdn")).registry(); // the machine is told

    for (var type : List.of(MACHINE, "AWS::EC2::LaunchTemplate", "AWS::CloudFront::VpcOrigin")) {
      assertThat(template.names(type)).hasSize(1).doesNotContainAnyElementsOf(other.names(type));
      assertThat(Assembly.of(Map.of("alarmsTo", "a@example.org")).registry().names(type))
          .isEqualTo(template.names(type));
    }
  }

  /** Nothing else of it can be read from outside its network. */
  @Test
  void saysOnItsConsoleWhatHappens() {
    assertThat(script()).contains("StandardError=journal+console");
  }

  @Test
  void isASmallMachineOfArmWithAnImageThatAwsNames() {
    assertThat(machine.path("InstanceType").asString()).isEqualTo("t4g.micro");
    assertThat(machine.has("ImageId")).isFalse();
    var data = template.only("AWS::EC2::LaunchTemplate").path("LaunchTemplateData");
    assertThat(data.path("ImageId").asString())
        .isEqualTo(
            "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64");
    assertThat(data.at("/MetadataOptions/HttpTokens").asString()).isEqualTo("required");
  }

  @Test
  void hasNoPublicAddressAndNoWayToTheInternet() {
    assertThat(
            template.behind(machine.path("SubnetId")).path("MapPublicIpOnLaunch").asBoolean(true))
        .isFalse();
    assertThat(template.all("AWS::EC2::Route")).isEmpty();
    assertThat(template.all("AWS::EC2::NatGateway")).isEmpty();
    assertThat(template.all("AWS::EC2::VPCEndpoint").stream())
        .hasSize(2)
        .allMatch(
            endpoint -> endpoint.at("/Properties/VpcEndpointType").asString().equals("Gateway"));
  }

  @Test
  void theCdnReachesItUnderTheNameThatTheEdgeChoosesBy() {
    var origin =
        template
            .only("AWS::CloudFront::Distribution")
            .at("/DistributionConfig/Origins")
            .values()
            .stream()
            .filter(o -> o.path("Id").asString().equals("relay"))
            .findFirst()
            .orElseThrow();

    assertThat(
            template
                .behind(origin.at("/VpcOriginConfig/VpcOriginId"))
                .at("/VpcOriginEndpointConfig/OriginProtocolPolicy")
                .asString())
        .isEqualTo("http-only");
    assertThat(template.behind(origin.path("DomainName"))).isEqualTo(machine);
  }

  @Test
  void onlyTheFunctionThatBeginsUploadsMayStartIt() {
    for (var operation : Operation.values()) {
      var function = template.functions(operation).getFirst();
      var starts =
          Assembly.statements(template.behind(function.path("Role")))
              .filter(statement -> Assembly.actions(statement).contains(WAKE))
              .toList();

      assertThat(function.at("/Environment/Variables").has("ROADSTEAD_RELAY_INSTANCE"))
          .isEqualTo(operation == Operation.START_UPLOAD);
      assertThat(starts).hasSize(operation == Operation.START_UPLOAD ? 1 : 0);
      assertThat(starts)
          .allMatch(statement -> statement.path("Resource").toString().contains(":instance/"));
    }
  }

  @Test
  void mayDoWhatTheFunctionsMayWhoseLongerBodiesItTakes() {
    var wanted = EnumSet.copyOf(Rights.of(Operation.APPEND_CHUNK));
    wanted.addAll(Rights.of(Operation.FINISH_UPLOAD));
    var profile = template.behind(machine.path("IamInstanceProfile"));
    var statements = Assembly.statements(template.behind(profile.at("/Roles/0"))).toList();

    assertThat(statements).hasSize(wanted.size() + 1);
    for (var right : wanted) {
      assertThat(statements)
          .anyMatch(statement -> Assembly.actions(statement).containsAll(right.actions()));
    }
    assertThat(statements.getLast().path("Resource").toString()).doesNotContain("*");
    assertThat(wanted).doesNotContain(Right.WAKE_RELAY);
  }

  @Test
  void everybodyWakesItWhereDirectPutsAreRefused() {
    var refused = Assembly.of(Map.of("directPut", "false")).registry();

    assertThat(template.functions(Operation.START_UPLOAD).getFirst().at(TOLD + "DIRECT_PUT"))
        .hasToString("\"allow\"");
    assertThat(refused.functions(Operation.START_UPLOAD).getFirst().at(TOLD + "DIRECT_PUT"))
        .hasToString("\"refuse\"");
  }

  @Test
  void withoutItThereIsNoMachineNoNetworkAndNobodyWhoMayStartOne() {
    var none = Assembly.of(Map.of("relay", "none"));

    assertThat(none.findings()).isEmpty();
    assertThat(none.registry().json().toString()).doesNotContain("AWS::EC2::").doesNotContain(WAKE);
  }

  private String script() {
    return machine.at("/UserData").toString().replace("\\n", "\n").replace("\\\"", "\"");
  }
}
