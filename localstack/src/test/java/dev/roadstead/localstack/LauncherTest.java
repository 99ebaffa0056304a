package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./roadstead up} from its first line to its exit code. */
class LauncherTest {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void saysThatItIsReadyAndWhatToTypeNext() throws Exception {
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var url = up.awaitReady();

      assertThat(url).matches("http://127\\.0\\.0\\.1:[0-9]+");
      assertThat(get(url + "/v2/").statusCode()).isEqualTo(200);
      var authority = url.replace("http://", "");
      assertThat(up.output())
          .anyMatch(line -> line.contains("docker push " + authority + "/"))
          .anyMatch(line -> line.contains("docker pull " + authority + "/"));
      assertThat(folder.resolve("roadstead-data")).isDirectory();
    }
  }

  @Test
  void endsWellWhenItIsToldTo() {
    try (var up = UpProcess.start(folder, "--port", "0")) {
      up.awaitReady();
      assertThat(up.hasChildren()).as("launcher and server are one process").isFalse();

      up.terminate();

      assertThat(up.awaitExit(STOP_LIMIT)).isZero();
      assertThat(up.log()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void endsWellWhileAnUploadHangs() {
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var port = URI.create(up.awaitReady()).getPort();
      try (var connection = RawConnection.to(port)) {
        connection.send(
            "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 100\n\nnever more");

        up.terminate();

        assertThat(up.awaitExit(STOP_LIMIT)).isZero();
      }
    }
  }

  @Test
  void hasAfterAKillWhatItHadAcknowledged() throws Exception {
    var blob = "/v2/team/app/blobs/" + Digest.sha256(BLOB);
    String location;
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var url = up.awaitReady();
      var finished = startUpload(url, "team/app");
      put(url + finished + "?digest=" + Digest.sha256(BLOB), BLOB);
      location = startUpload(url, "team/later");
      up.kill();
    }
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var url = up.awaitReady();

      assertThat(get(url + blob).body()).isEqualTo(BLOB);
      var later = put(url + location + "?digest=" + Digest.sha256(BLOB), BLOB);
      assertThat(later.statusCode()).isEqualTo(201);
    }
  }

  @Test
  void refusesAFolderThatAnotherOneHolds() {
    try (var first = UpProcess.start(folder, "--port", "0");
        var second = startAfter(first)) {

      assertThat(second.awaitExit()).isEqualTo(1);
      assertThat(second.errors()).singleElement().asString().contains("in use by another process");
      assertThat(second.output()).isEmpty();
    }
  }

  private UpProcess startAfter(UpProcess first) {
    first.awaitReady();
    return UpProcess.start(folder, "--port", "0");
  }

  @Test
  void refusesAPortThatIsTakenAndLeavesTheFolderUsable() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var up = UpProcess.start(folder, "--port", "" + other.getLocalPort())) {

      assertThat(up.awaitExit()).isEqualTo(1);
      assertThat(up.errors()).singleElement().asString().contains("" + other.getLocalPort());
    }
    try (var up = UpProcess.start(folder, "--port", "0")) {
      assertThat(up.awaitReady()).startsWith("http://");
    }
  }

  @Test
  void refusesAFolderThatCannotBe() throws IOException {
    var file = Files.createFile(folder.resolve("file"));

    assertIsRefused("--data", file.toString());
    assertIsRefused("--data", file.resolve("below").toString());
  }

  @Test
  void refusesAFolderOfANewerVersionAndLeavesItAlone() throws IOException {
    var data = Files.createDirectory(folder.resolve("newer"));
    var version = Files.writeString(data.resolve("version"), "99\n");

    assertIsRefused("--data", data.toString());
    assertThat(version).hasContent("99");
  }

  private void assertIsRefused(String... arguments) {
    try (var up = UpProcess.start(folder, arguments)) {
      assertThat(up.awaitExit()).isEqualTo(1);
      assertThat(up.errors()).hasSize(1);
      assertThat(up.log()).noneMatch(line -> line.contains("\tat "));
      assertThat(up.output()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--address, 0.0.0.0",
    "--address, 192.0.2.1",
    "--address, no.such.host.invalid",
    "--port,    70000",
    "--port,    http",
    "--relay,   remote",
    "--shout,   loudly"
  })
  void refusesWhatItDoesNotTake(String option, String value) {
    try (var up = UpProcess.start(folder, option, value)) {
      assertThat(up.awaitExit()).isEqualTo(2);
      assertThat(up.log()).noneMatch(line -> line.contains("\tat "));
      assertThat(up.output()).isEmpty();
      assertThat(folder.resolve("roadstead-data")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "localhost", "::1"})
  void listensOnEveryLoopbackAddress(String address) throws Exception {
    try (var up = UpProcess.start(folder, "--port", "0", "--address", address)) {
      assertThat(get(up.awaitReady() + "/v2/").statusCode()).isEqualTo(200);
    }
  }

  private static String startUpload(String url, String repository) throws Exception {
    var post =
        HttpRequest.newBuilder(URI.create(url + "/v2/" + repository + "/blobs/uploads/"))
            .POST(BodyPublishers.noBody());
    return send(post).headers().firstValue("Location").orElseThrow();
  }

  private static HttpResponse<byte[]> put(String url, byte[] body) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(body)));
  }

  private static HttpResponse<byte[]> get(String url) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    }
  }
}
