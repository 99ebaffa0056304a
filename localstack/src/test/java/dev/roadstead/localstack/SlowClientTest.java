package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that stop in the middle of something are let go, and nobody waits for them for ever. */
class SlowClientTest {
  private static final Duration IDLE_LIMIT = Duration.ofMillis(200);

  private final AtomicInteger calls = new AtomicInteger();

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 5\n\nab",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n2\nab\n"
      })
  void areToldWhenTheirBodyStops(String request) {
    try (var edge = edge(count());
        var connection = edge.connect()) {
      var answer = connection.send(request).readToEnd();

      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
      assertThat(answer.body()).startsWith("{\"errors\":[");
      assertThat(calls).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /v2/ HT", "GET /v2/ HTTP/1.1\nHost:"})
  void areLetGoWhenTheirHeadStops(String request) {
    try (var edge = edge(count());
        var connection = edge.connect()) {
      var answer = connection.send(request).readToEnd();

      assertThat(answer.text()).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void areNotBlamedForACallThatThinksLonger() {
    Endpoint thinking =
        request -> {
          pause(IDLE_LIMIT.multipliedBy(3));
          return Answer.of(202);
        };
    try (var edge = edge(thinking);
        var connection = edge.connect()) {
      var request = "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 2\n\nab";

      assertThat(connection.send(request).readToEnd().status()).isEqualTo(202);
    }
  }

  private Endpoint count() {
    return request -> {
      calls.incrementAndGet();
      return Answer.of(202);
    };
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private TestEdge edge(Endpoint function) {
    return TestEdge.before(function, FunctionHost.TIME_LIMIT, IDLE_LIMIT, data);
  }
}
