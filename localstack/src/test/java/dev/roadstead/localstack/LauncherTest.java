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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./roadstead up} from its first line to its exit code. */
class LauncherTest {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final String HEAD = "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 5\n";
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  /** So that no test sees what a build says. */
  @BeforeAll
  static void build(@TempDir Path anywhere) {
    try (var help = UpProcess.start(anywhere, "--help")) {
      assertThat(help.awaitExit()).isZero();
      assertThat(help.output()).anyMatch(line -> line.contains("--port"));
    }
  }

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
  void leavesNoLineInTheLogForWhatItRefuses() {
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var port = URI.create(up.awaitReady()).getPort();
      for (var request :
          List.of(
              "CONNECT /v2/a/tags/list HTTP/1.1\nHost: x\n\n",
              "GET /v2/a/tags/list HTTP/1.1\nHost: x:y:z\n\n",
              "GET http:///v2/ HTTP/1.1\nHost: x\n\n",
              "GET /v2/%00 HTTP/1.1\nHost: x\nConnection: close\n\n",
              "no request at all\n\n")) {
        try (var connection = RawConnection.to(port)) {
          assertThat(connection.send(request).readToEnd().status()).as(request).isEqualTo(400);
        }
      }

      up.terminate();

      assertThat(up.awaitExit(STOP_LIMIT)).isZero();
      assertThat(up.log()).noneMatch(line -> line.contains("WARN") || line.contains("ERROR"));
    }
  }

  @Test
  void endsInTimeWhileAClientHangsInTheMiddleOfItsBody() {
    try (var up = UpProcess.start(folder, "--port", "0")) {
      var port = URI.create(up.awaitReady()).getPort();
      try (var connection = RawConnection.to(port)) {
        connection.send(HEAD + "Expect: 100-continue\n\n");
        connection.awaitBytes(); // the 100: now the request is being served
        connection.send("ab");

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

      assertRefusal(second, 1, "in use by another process");
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

      assertRefusal(up, 1, "port " + other.getLocalPort() + " (Address already in use)");
    }
    try (var up = UpProcess.start(folder, "--port", "0")) {
      assertThat(up.awaitReady()).startsWith("http://");
    }
  }

  @Test
  void refusesAFolderThatCannotBe() throws IOException {
    var file = Files.createFile(folder.resolve("file"));

    for (var data : List.of(file, file.resolve("below"))) {
      try (var up = UpProcess.start(folder, "--data", data.toString())) {
        assertRefusal(up, 1, data.toString());
      }
    }
  }

  @Test
  void refusesAFolderOfANewerVersionAndLeavesItAlone() throws IOException {
    var data = Files.createDirectory(folder.resolve("newer"));
    var version = Files.writeString(data.resolve("version"), "99\n");

    try (var up = UpProcess.start(folder, "--data", data.toString())) {
      assertRefusal(up, 1, "newer version");
    }
    assertThat(version).hasContent("99");
  }

  @ParameterizedTest
  @CsvSource({
    "--address, 0.0.0.0,              needs accounts",
    "--address, 192.0.2.1,            needs accounts",
    "--address, no.such.host.invalid, there is no address",
    "--port,    70000,                a number from 0 to 65535",
    "--port,    http,                 --port",
    "--relay,   remote,               --relay",
    "--shout,   loudly,               --shout"
  })
  void refusesWhatItDoesNotTake(String option, String value, String words) {
    try (var up = UpProcess.start(folder, option, value)) {
      assertRefusal(up, 2, words);
      assertThat(folder.resolve("roadstead-data")).doesNotExist();
    }
  }

  /** One clear line, and nothing where the ready line would be. */
  private static void assertRefusal(UpProcess up, int exitCode, String words) {
    assertThat(up.awaitExit()).isEqualTo(exitCode);
    assertThat(up.log())
        .singleElement()
        .asString()
        .startsWith("roadstead: ")
        .contains(words)
        .doesNotContain("Exception");
    assertThat(up.output()).isEmpty();
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
