package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.Pages;
import dev.roadstead.infra.function.Rights;
import dev.roadstead.route.Operation;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the template says of a relay that is always there. */
class StandingRelayTemplatesTest {
  private static final Pattern MAIN = Pattern.compile(" (dev\\.roadstead\\.[A-Za-z.]+) ");

  private final Assembly.Template template = Assembly.of(Map.of("relay", "container")).registry();
  private final JsonNode task = template.only("AWS::ECS::TaskDefinition");
  private final JsonNode service = template.only("AWS::ECS::Service");

  @Test
  void isOneContainerOfArmThatEndsOnlyWhenItIsTold() {
    assertThat(task.at("/RuntimePlatform/CpuArchitecture").asString()).isEqualTo("ARM64");
    assertThat(service.path("DesiredCount").asInt()).isEqualTo(1);
    assertThat(container("Relay").path("Command").toString()).contains("--always-on");
  }

  @Test
  void fetchesItsProgramFromTheAssetsBeforeItRuns() {
    assertThat(container("Fetch").path("Command").toString())
        .contains("\"s3\",\"cp\"", "cdk-hnb659fds-assets-", "/program/relay.zip");
    assertThat(container("Relay").path("DependsOn").toString())
        .contains("\"Fetch\"", "\"SUCCESS\"");
  }

  /** No class of the relay is known here, so that nothing but this test would notice. */
  @Test
  void runsAClassThatThereIs() {
    var main = MAIN.matcher(container("Relay").path("Command").toString());

    assertThat(main.find()).isTrue();
    assertThat(
            Pages.ROOT.resolve("relay/src/main/java/" + main.group(1).replace('.', '/') + ".java"))
        .matches(Files::exists);
  }

  @Test
  void itsImagesCanBeOthers() {
    for (var image : new String[] {"RelayFetchImage", "RelayJavaImage"}) {
      assertThat(template.json().at("/Parameters/" + image + "/Default").asString()).isNotEmpty();
      assertThat(task.path("ContainerDefinitions").toString())
          .contains("\"Image\":{\"Ref\":\"" + image + "\"}");
    }
  }

  @Test
  void nobodyButItsBalancerGetsIn() {
    var network = service.at("/NetworkConfiguration/AwsvpcConfiguration");
    var wall = network.path("SecurityGroups").path(0);
    var balancer = template.only("AWS::ElasticLoadBalancingV2::LoadBalancer");

    assertThat(network.path("SecurityGroups")).hasSize(1);
    assertThat(template.behind(wall).has("SecurityGroupIngress")).isFalse();
    var rule = template.only("AWS::EC2::SecurityGroupIngress");
    assertThat(rule.path("GroupId")).isEqualTo(wall);
    assertThat(rule.path("SourceSecurityGroupId"))
        .isEqualTo(balancer.path("SecurityGroups").path(0));
    assertThat(balancer.path("Scheme").asString()).isEqualTo("internal");
    assertThat(template.all("AWS::EC2::NatGateway")).isEmpty();
  }

  @Test
  void theCdnReachesTheBalancer() {
    var origin = template.only("AWS::CloudFront::VpcOrigin").path("VpcOriginEndpointConfig");

    assertThat(template.behind(origin.path("Arn")))
        .isEqualTo(template.only("AWS::ElasticLoadBalancingV2::LoadBalancer"));
    assertThat(origin.path("HTTPPort").asInt()).isEqualTo(8080);
  }

  @Test
  void mayDoWhatTheFunctionsMayWhoseLongerBodiesItTakes() {
    var wanted = EnumSet.copyOf(Rights.of(Operation.APPEND_CHUNK));
    wanted.addAll(Rights.of(Operation.FINISH_UPLOAD));
    var statements = Assembly.statements(template.behind(task.path("TaskRoleArn"))).toList();

    assertThat(statements).hasSize(wanted.size() + 1);
    for (var right : wanted) {
      assertThat(statements)
          .anyMatch(statement -> Assembly.actions(statement).containsAll(right.actions()));
    }
  }

  @Test
  void whatFailsInItIsCounted() {
    var log = container("Relay").at("/LogConfiguration/Options/awslogs-group");

    assertThat(template.all("AWS::Logs::MetricFilter"))
        .anyMatch(filter -> filter.at("/Properties/LogGroupName").equals(log));
  }

  @Test
  void nobodyHasToWakeIt() {
    assertThat(template.all("AWS::EC2::Instance")).isEmpty();
    assertThat(template.json().toString())
        .doesNotContain("ec2:StartInstances", "ROADSTEAD_RELAY_INSTANCE");
  }

  private JsonNode container(String name) {
    return task.path("ContainerDefinitions").values().stream()
        .filter(container -> container.path("Name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
