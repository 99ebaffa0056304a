package dev.roadstead.localstack;

import static dev.roadstead.route.Limits.FUNCTION_BODY_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.wire.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches a function, and what never does, whatever a client says of its body. */
class FunctionHostTest {
  private static final String PATCH = "PATCH /v2/a/blobs/uploads/x HTTP/1.1\nHost: x\n";
  private static final String CHUNKED = PATCH + "Transfer-Encoding: chunked\n\n";

  /** Every request that came as far as a function. */
  private final Queue<ApiRequest> calls = new ConcurrentLinkedQueue<>();

  private final Endpoint recorder =
      request -> {
        calls.add(request);
        return Answer.of(202);
      };

  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, FUNCTION_BODY_BYTES})
  void reachesAFunctionWholeUpToTheLimit(int size) {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(PATCH + "Content-Length: " + size + "\n\n").sendZeros(size).endOfSending();

      assertThat(connection.readToEnd().status()).isEqualTo(202);
      assertThat(calls).singleElement().matches(call -> call.body().length == size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 65_537, FUNCTION_BODY_BYTES})
  void reachesAFunctionWholeUpToTheLimitInChunks(int size) {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(CHUNKED).sendChunks(size).send("0\n\n").endOfSending();

      assertThat(connection.readToEnd().status()).isEqualTo(202);
      assertThat(calls).singleElement().matches(call -> call.body().length == size);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {FUNCTION_BODY_BYTES + 1, 2 * FUNCTION_BODY_BYTES, 30_000_000})
  void neverReachesAFunctionAboveTheLimit(long size) {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(PATCH + "Content-Length: " + size + "\n\n").sendZeros(size);

      assertThat(connection.readToEnd().status()).isEqualTo(413);
      assertThat(calls).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {FUNCTION_BODY_BYTES + 1, 2 * FUNCTION_BODY_BYTES, 30_000_000})
  void neverReachesAFunctionAboveTheLimitInChunks(long size) {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(CHUNKED).sendChunks(size).send("0\n\n").endOfSending();

      assertThat(connection.readToEnd().status()).isEqualTo(413);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void takesWhatIsBehindTheAnnouncedLengthForTheNextRequest() {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(PATCH + "Content-Length: 3\n\nabc" + CHUNKED + "3\ndef\n0\n\n");

      connection.endOfSending().readToEnd();
      assertThat(calls)
          .extracting(call -> new String(call.body(), StandardCharsets.UTF_8))
          .containsExactly("abc", "def");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PATCH + "Content-Length: 10\n\nabc", // shorter than announced
        CHUNKED + "3\nabc\n", // no last chunk
        CHUNKED + "5\nabc", // half a chunk
        CHUNKED + "3\nabcdef\n0\n\n", // more than the chunk announces
        CHUNKED + "x\nabc\n0\n\n" // no length
      })
  void neverReachesAFunctionWhenItIsNotWhole(String request) {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      var answer = connection.send(request).endOfSending().readToEnd();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(calls).isEmpty();
    }
  }

  @Test
  void givesAFunctionThePathTheQueryAndTheHeadersDecoded() {
    try (var edge = edge(recorder);
        var connection = edge.connect()) {
      connection.send(
          """
          GET /v2/a/b/tags/list?n=5&last=v%31&n=6&flag HTTP/1.1
          Host: x
          Accept: one
          Accept: two
          Connection: close

          """);
      connection.readToEnd();

      var call = calls.remove();
      assertThat(call.address().name()).isEqualTo("a/b");
      assertThat(call.query())
          .containsEntry("n", List.of("5", "6"))
          .containsEntry("last", List.of("v1"))
          .containsEntry("flag", List.of(""));
      assertThat(call.headers()).containsEntry("accept", List.of("one", "two"));
    }
  }

  @Test
  void stopsWaitingForAFunctionThatTakesTooLong() {
    var release = new CountDownLatch(1);
    Endpoint slow =
        request -> {
          await(release);
          return Answer.of(200);
        };
    try (var edge = TestEdge.before(slow, Duration.ofMillis(50), Gateway.IDLE_LIMIT, data);
        var connection = edge.connect()) {
      var answer = connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").endOfSending().readToEnd();

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body()).contains("UNAVAILABLE", "took longer");
    } finally {
      release.countDown();
    }
  }

  @Test
  void mayThinkLongerThanAClientMayBeSilent() {
    var idleLimit = Duration.ofMillis(100);
    Endpoint thinking =
        request -> {
          LockSupport.parkNanos(idleLimit.multipliedBy(3).toNanos());
          return Answer.of(202);
        };
    try (var edge = TestEdge.before(thinking, FunctionHost.TIME_LIMIT, idleLimit, data);
        var connection = edge.connect()) {
      connection.send(PATCH + "Content-Length: 2\n\nab");

      assertThat(connection.readToEnd().status()).isEqualTo(202);
    }
  }

  @Test
  void isWaitedForWhenTheServerEnds() {
    var called = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Endpoint held =
        request -> {
          called.countDown();
          await(release);
          return Answer.of(202);
        };
    var edge = edge(held);
    try (var connection = edge.connect()) {
      connection.send(PATCH + "Content-Length: 2\n\nab");
      await(called);
      var ended = CompletableFuture.runAsync(edge::close);
      edge.awaitNoMoreConnections();

      release.countDown();

      assertThat(connection.readToEnd().status()).isEqualTo(202);
      ended.join();
    }
  }

  @Test
  void doesNotPassOnAnAnswerThatNoFunctionCouldGive() {
    Endpoint tooMuch =
        request -> Answer.of(200).withBody("text/plain", new byte[FUNCTION_BODY_BYTES + 1]);
    try (var edge = edge(tooMuch);
        var connection = edge.connect()) {
      var answer = connection.send("GET /v2/ HTTP/1.1\nHost: x\n\n").endOfSending().readToEnd();

      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.body()).contains("UNKNOWN").doesNotContain("Exception");
    }
  }

  @Test
  void takesMoreLongBodiesAtOnceThanItHoldsInMemory() {
    try (var edge = edge(recorder);
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 40)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> sendLongest(edge), clients))
              .toList();

      assertThat(answers).allMatch(answer -> answer.join() == 202);
    }
  }

  private static int sendLongest(TestEdge edge) {
    try (var connection = edge.connect()) {
      return connection
          .send(PATCH + "Content-Length: " + FUNCTION_BODY_BYTES + "\n\n")
          .sendZeros(FUNCTION_BODY_BYTES)
          .endOfSending()
          .readToEnd()
          .status();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private TestEdge edge(Endpoint function) {
    return TestEdge.before(function, data);
  }
}
