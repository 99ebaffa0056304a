package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roadstead.docs.Pages;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The relay's package, started as its container starts it: by the very command of the template. */
class StandingRelayStartTest {
  private static final Path ZIP = Pages.ROOT.resolve("relay/target/relay.zip");
  private static final int END_SECONDS = 20;

  private final JsonNode container =
      Assembly.of(Map.of("relay", "container"))
          .registry()
          .only("AWS::ECS::TaskDefinition")
          .path("ContainerDefinitions")
          .values()
          .stream()
          .filter(each -> each.path("Name").asString().equals("Relay"))
          .findFirst()
          .orElseThrow();

  @TempDir private Path folder;

  @Test
  @Timeout(60)
  void isReadyAndEndsWhenItIsTold() throws IOException, InterruptedException {
    assumeTrue(Files.exists(ZIP), "the build packs the relay in the phase package");
    Files.copy(ZIP, folder.resolve("relay.zip"));
    var relay = start();
    try (var output = relay.inputReader()) {
      assertThat(output.readLine()).startsWith("ready http://127.0.0.1:");
      relay.destroy();
      assertThat(relay.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      relay.destroyForcibly();
    }
  }

  /** On loopback and a free port, in a folder of this machine. */
  private Process start() throws IOException {
    var words = new ArrayList<String>();
    container.path("EntryPoint").forEach(word -> words.add(word.asString()));
    container.path("Command").forEach(word -> words.add(here(word.asString())));
    var builder = new ProcessBuilder(words).redirectError(folder.resolve("relay.log").toFile());
    builder.environment().clear();
    builder.environment().putAll(told());
    return builder.start();
  }

  private String here(String command) {
    return command
        .replace("/program", folder.toString())
        .replace("--address=0.0.0.0", "--address=127.0.0.1")
        .replace("--port=8080", "--port=0");
  }

  /** What only a deployment knows is any name: the relay asks nobody before there is a stream. */
  private Map<String, String> told() {
    var told = new HashMap<String, String>();
    container
        .path("Environment")
        .forEach(
            variable ->
                told.put(
                    variable.path("Name").asString(),
                    variable.path("Value").isString() ? variable.path("Value").asString() : "any"));
    told.put(
        "PATH", System.getProperty("java.home") + "/bin" + File.pathSeparator + "/usr/bin:/bin");
    return told;
  }
}
