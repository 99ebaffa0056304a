package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.docs.Pages;
import dev.roadstead.infra.edge.EdgeRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, on a folder that has what a build leaves. */
class SynthTest {
  private static final String ROOT = "roadstead.root";

  @TempDir private Path root;

  private final StringWriter said = new StringWriter();

  @BeforeEach
  void build() throws IOException {
    EdgeRuntime.assumeNode();
    Files.createDirectories(root.resolve("infra-cdk"));
    Files.copy(Pages.ROOT.resolve("infra-cdk/cdk.json"), root.resolve("infra-cdk/cdk.json"));
    var target = Files.createDirectories(root.resolve("functions/lambda/target"));
    Assembly.functionPackage(target.resolve("functions.zip"));
    Assembly.functionPackage(
        Files.createDirectories(root.resolve("relay/target")).resolve("relay.zip"));
    System.setProperty(ROOT, root.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(ROOT);
  }

  @Test
  void writesBothTemplatesAndThePackage() {
    var assembly = root.resolve("assembly");

    assertThat(run(Map.of(), "--output", assembly.toString())).isZero();

    assertThat(assembly)
        .isDirectoryContaining("glob:**/RoadsteadData.template.json")
        .isDirectoryContaining("glob:**/Roadstead.template.json")
        .isDirectoryContaining("glob:**/asset.*.zip");
  }

  @Test
  void takesFolderAndSwitchesFromTheCdksCommandLine() {
    var environment =
        Map.of(
            "CDK_OUTDIR",
            root.resolve("elsewhere").toString(),
            "CDK_CONTEXT_JSON",
            "{\"relay\": \"lambda\", \"aws:cdk:x\": \"y\", \"@a/b:c\": true}");

    assertThat(run(environment)).isEqualTo(1);
    assertThat(said.toString().strip())
        .isEqualTo("roadstead: relay is none, wake or container, not lambda");
  }

  private int run(Map<String, String> environment, String... arguments) {
    var command = Synth.commandLine(environment, new PrintStream(OutputStream.nullOutputStream()));
    command.setErr(new PrintWriter(said, true));
    return command.execute(arguments);
  }
}
