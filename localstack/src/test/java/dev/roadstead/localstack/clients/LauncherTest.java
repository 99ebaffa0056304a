package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./roadstead up} as a user types it: a process, its output, its end. */
@Tag("clients")
class LauncherTest {
  /** How long a build, a start or an end may take before a test gives up, in seconds. */
  private static final int LIMIT_SECONDS = 120;

  /** The digest of {@code hello}. */
  private static final String HELLO =
      "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();

  @TempDir private Path folder;

  /** So that no test sees what a build prints. */
  @BeforeAll
  static void build() {
    new Command(Tools.repository().resolve("roadstead"), "up", "--help").run();
  }

  @AfterEach
  void endWhatRuns() {
    started.forEach(Process::destroyForcibly);
  }

  /** A registry that answers. */
  private record Running(Process process, URI address) {}

  @Test
  void saysThatItIsReadyAndEndsWithZeroWhenItIsTerminated() throws Exception {
    var registry = up("--port", "0", "--data", data());

    assertThat(get(registry, "/v2/")).isEqualTo(200);

    registry.process().destroy();
    assertThat(registry.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(registry.process().exitValue()).isZero();
    assertThat(registry.process().descendants()).isEmpty();
  }

  @Test
  void keepsWhatItAnsweredWhenItIsKilled() throws Exception {
    var killed = up("--port", "0", "--data", data());
    var push =
        HttpRequest.newBuilder(
                killed.address().resolve("/v2/greeting/blobs/uploads/?digest=" + HELLO))
            .POST(BodyPublishers.ofString("hello"))
            .build();
    assertThat(client.send(push, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    killed.process().destroyForcibly().waitFor();

    var again = up("--port", "0", "--data", data());

    var pull = HttpRequest.newBuilder(again.address().resolve("/v2/greeting/blobs/" + HELLO));
    assertThat(client.send(pull.build(), BodyHandlers.ofString()).body()).isEqualTo("hello");
  }

  @Test
  void refusesAFolderThatAnotherRegistryHolds() throws Exception {
    var first = up("--port", "0", "--data", data());

    refuses(1, "is in use by another process", "--port", "0", "--data", data());

    assertThat(get(first, "/v2/")).isEqualTo(200);
  }

  @Test
  void refusesAFolderOfANewerVersionAndLeavesItAsItIs() throws Exception {
    up("--port", "0", "--data", data()).process().destroyForcibly().waitFor();
    var version = Path.of(data(), "version");
    Files.writeString(version, "999\n");

    refuses(1, "newer version", "--port", "0", "--data", data());

    assertThat(version).hasContent("999\n");
  }

  @Test
  void refusesAnAddressThatOthersCanReach() throws Exception {
    refuses(2, "accounts are needed off loopback", "--address", "0.0.0.0", "--data", data());

    assertThat(Path.of(data())).doesNotExist();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    refuses(2, "see roadstead up --help", "--port", "many");
  }

  private Running up(String... options) throws IOException {
    var process = launcher(options);
    var first = firstLine(process);
    assertThat(first).as(() -> said(process)).startsWith("ready http://127.0.0.1:");
    return new Running(process, URI.create(first.substring("ready ".length())));
  }

  private void refuses(int exitCode, String words, String... options) throws Exception {
    var process = launcher(options);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
    assertThat(said(process)).startsWith("roadstead: ").contains(words).hasLineCount(1);
  }

  private Process launcher(String... options) throws IOException {
    var command =
        new ArrayList<>(List.of(Tools.repository().resolve("roadstead").toString(), "up"));
    command.addAll(List.of(options));
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("said").toFile())
            .start();
    started.add(process);
    return process;
  }

  private String said(Process process) {
    try {
      return process.isAlive() ? "still running" : Files.readString(folder.resolve("said")).strip();
    } catch (IOException gone) {
      return "nothing";
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private int get(Running registry, String path) throws Exception {
    var request = HttpRequest.newBuilder(registry.address().resolve(path)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String firstLine(Process process) throws IOException {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      return String.valueOf(output.readLine());
    }
  }
}
