package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roadstead.docs.Pages;
import dev.roadstead.infra.edge.EdgeRuntime;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;

/** What other people's rules say of the templates. */
class ReviewTest {
  /** The CDK names the role of a function twice: as a property, and as a dependency. */
  private static final String WRITTEN_TWICE = "W3005";

  /** With every relay, and with everything else switched otherwise. */
  static Stream<Map<String, String>> switches() {
    return Stream.of(
        Map.of("relay", "none"),
        Map.of("relay", "wake"),
        Map.of("relay", "container"),
        Map.of(
            "directPut", "false",
            "reads", "cdn",
            "domain", "registry.example",
            "certificate", "arn:aws:acm:us-east-1:123456789012:certificate/1",
            "rateLimit", "600",
            "webAcl", Assembly.WEB_ACL,
            "alarmsTo", "operators@registry.example"));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void cdkNagFindsNothingThatIsNotExplained(Map<String, String> switches) {
    assertThat(Assembly.of(switches).findings()).isEmpty();
  }

  /** Else a run of cdk-nag that looks at nothing would be a good one. */
  @Test
  void cdkNagFindsWhatNobodyHasExplained() {
    EdgeRuntime.assumeNode();
    var app = new App();
    var stack = new Stack(app, "Careless");
    new Bucket(stack, "Bucket");
    Aspects.of(app).add(new AwsSolutionsChecks());

    assertThat(Assembly.findings(Path.of(app.synth().getDirectory())))
        .anyMatch(finding -> finding.contains("AwsSolutions-S1"));
  }

  @ParameterizedTest
  @MethodSource("switches")
  void cfnLintFindsNothing(Map<String, String> switches) throws IOException, InterruptedException {
    var programs = Pages.ROOT.resolve(".tools/cfn-lint/bin");
    var python = programs.resolve("python");
    assumeTrue(
        Files.isExecutable(python),
        "cfn-lint is not installed (localstack/tools/install says why)");
    var command =
        new ArrayList<>(
            List.of(
                python.toString(),
                programs.resolve("cfn-lint").toString(),
                "--ignore-checks",
                WRITTEN_TWICE,
                "--"));
    Assembly.of(switches).templates().forEach(template -> command.add(template.toString()));
    var lint = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEmpty();
    assertThat(lint.waitFor()).isZero();
  }
}
