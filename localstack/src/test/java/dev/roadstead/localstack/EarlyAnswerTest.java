package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.RawConnection.RawAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Refusals that are known before the body has come: the client, which sends all of it before it
 * reads, sees the answer and not a reset connection.
 */
class EarlyAnswerTest {
  private static final long LONG_BYTES = 20_000_000;

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.withoutRelay();

  @ParameterizedTest(name = "{0} {1} -> {2} {3}")
  @CsvSource({
    "PUT,   /v2/team/app/manifests/latest,             413, SIZE_INVALID",
    "GET,   /v2/team/app/tags/list,                    413, SIZE_INVALID",
    "POST,  /v2/team/app/blobs/uploads/,               413, SIZE_INVALID",
    "PATCH, /v2/team/app/blobs/uploads/forged,         413, SIZE_INVALID",
    "PUT,   /v2/team/app/blobs/uploads/forged?digest=x, 404, BLOB_UPLOAD_UNKNOWN",
    "PUT,   /v2/team/app/blobs/sha256:0,               405, UNSUPPORTED",
    "PUT,   /nowhere,                                  404, UNSUPPORTED"
  })
  void reachesAClientThatSendsItsWholeBodyFirst(
      String method, String address, int status, String code) {
    var answer = sendLong(method + " " + address);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    assertThat(answer.body()).startsWith("{\"errors\":[{\"code\":\"" + code + "\"");
  }

  @Test
  void reachesAClientThatSendsChunksWithoutEnd() {
    var location = REGISTRY.startUpload("team/app");

    try (var connection = REGISTRY.connect()) {
      connection.send("PATCH " + location + " HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n");
      var answer = connection.sendChunks(LONG_BYTES).endOfSending().readToEnd();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).contains("switch the relay on");
    }
  }

  @Test
  void comesBeforeABodyThatWaitsForPermission() {
    try (var connection = REGISTRY.connect()) {
      connection.send(
          "PUT /nowhere HTTP/1.1\nHost: x\nContent-Length: 9999999\nExpect: 100-continue\n\n");

      assertThat(connection.readToEnd().text()).startsWith("HTTP/1.1 404 ");
    }
  }

  @Test
  void keepsTheConnectionWhenThereIsNoBody() {
    try (var connection = REGISTRY.connect()) {
      connection.send("GET /nowhere HTTP/1.1\nHost: x\n\n");
      connection.send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\n\n");

      assertThat(connection.readToEnd().text())
          .containsSubsequence("HTTP/1.1 404 ", "HTTP/1.1 200 ");
    }
  }

  @Test
  void endsAConnectionThatSendsForEver() {
    try (var connection = REGISTRY.connect()) {
      connection.send("PUT /nowhere HTTP/1.1\nHost: x\nContent-Length: 99999999999\n\n");
      var answer = connection.sendZeros(LONG_BYTES).readToEnd();

      assertThat(answer.status()).isEqualTo(404);
    }
  }

  private static RawAnswer sendLong(String request) {
    try (var connection = REGISTRY.connect()) {
      return connection
          .send(request + " HTTP/1.1\nHost: x\nContent-Length: " + LONG_BYTES + "\n\n")
          .sendZeros(LONG_BYTES)
          .readToEnd();
    }
  }
}
