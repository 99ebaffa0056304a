package dev.roadstead.localstack;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.relay.Relay;
import dev.roadstead.relay.RelayRequest;
import dev.roadstead.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.OutputStreamRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.URIUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a relay that runs elsewhere, as the CDN has one to its origin: a stream goes through
 * as it comes, and nothing is sent twice. What does not get there is for the client to repeat.
 */
final class RelayDoor implements RelayHost, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayDoor.class);

  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** How long the relay may be silent, before its answer too. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  /** What an answer is about, in lower case; the rest belongs to one connection. */
  private static final Set<String> OF_THE_ANSWER =
      Set.of(
          "content-type",
          "docker-content-digest",
          "docker-upload-uuid",
          "location",
          "range",
          "retry-after");

  private final Supplier<Optional<URI>> relay;
  private final HttpClient http = new HttpClient();

  /** The way to a relay at this address, while it has one. */
  RelayDoor(Supplier<Optional<URI>> relay) {
    this.relay = relay;
    http.setConnectTimeout(CONNECT_LIMIT.toMillis());
    http.setIdleTimeout(SILENCE_LIMIT.toMillis());
    http.setMaxConnectionsPerDestination(Relay.MAX_STREAMS + Relay.MAX_WAITING);
    http.setFollowRedirects(false);
    http.setUserAgentField(null);
    try {
      http.start();
    } catch (Exception failed) {
      throw new IllegalStateException("the HTTP client does not start", failed);
    }
  }

  /** A body of the length that the client announced, if it did. */
  private static final class Body extends OutputStreamRequestContent {
    private final OptionalLong announced;

    Body(OptionalLong announced) {
      this.announced = announced;
    }

    @Override
    public long getLength() {
      return announced.orElse(-1);
    }
  }

  @Override
  public Answer take(RelayRequest stream) {
    var address =
        relay
            .get()
            .orElseThrow(
                () ->
                    ErrorCode.NO_ANSWER.about(
                        "the relay, which takes streams, is asleep; begin the upload again with"
                            + " a POST of its own, which wakes it"));
    var body = new Body(stream.bodyBytes());
    var request = request(stream, address).body(body);
    var listener = new InputStreamResponseListener();
    request.send(listener);
    copy(stream, body, request);
    return answer(stream, listener);
  }

  /** Made anew of what the edge has understood, and of nothing else that the client sent. */
  private Request request(RelayRequest stream, URI relayAddress) {
    var path = "/v2/" + stream.address().name() + "/blobs/uploads/" + stream.address().last();
    var request =
        http.newRequest(relayAddress)
            .path(URIUtil.encodePath(path))
            .method(stream.operation().methods().iterator().next().name());
    stream.digest().ifPresent(digest -> request.param("digest", digest));
    return request.headers(
        headers -> {
          stream.contentRange().ifPresent(r -> headers.put(HttpHeader.CONTENT_RANGE, r));
          stream.visitor().authorization().ifPresent(a -> headers.put(HttpHeader.AUTHORIZATION, a));
          headers.put(HttpHeader.X_FORWARDED_FOR, stream.visitor().network());
        });
  }

  /** Breaks off when the client does. When the relay does, its answer may have come before. */
  private static void copy(RelayRequest stream, Body body, Request request) {
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (var target = body.getOutputStream()) {
      while (read(stream, buffer, request) >= 0) {
        target.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    } catch (IOException relayTakesNoMore) {
      LOG.debug("the relay takes no more", relayTakesNoMore);
    }
  }

  private static int read(RelayRequest stream, ByteBuffer buffer, Request request)
      throws IOException {
    try {
      return stream.body().read(buffer);
    } catch (RegistryException clientBrokeOff) {
      var _ = request.abort(clientBrokeOff);
      throw clientBrokeOff;
    }
  }

  private static Answer answer(RelayRequest stream, InputStreamResponseListener listener) {
    try (var bytes = listener.getInputStream()) {
      var response = listener.get(SILENCE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return answer(response, bytes.readNBytes(MAX_ANSWER_BYTES));
    } catch (ExecutionException | TimeoutException | IOException failed) {
      LOG.warn(
          "no answer of the relay: operation={} cause=\"{}\"",
          stream.operation().functionName(),
          failed.toString());
      throw ErrorCode.NO_ANSWER.about("the relay ended before it had taken everything; push again");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FunctionHost.ending();
    }
  }

  private static Answer answer(Response response, byte[] body) {
    var headers = new TreeMap<String, String>();
    for (var field : response.getHeaders()) {
      if (OF_THE_ANSWER.contains(field.getLowerCaseName())) {
        headers.put(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
      }
    }
    return new Answer(response.getStatus(), headers, body);
  }

  @Override
  public void close() {
    try {
      http.stop();
    } catch (Exception failed) {
      LOG.warn("the HTTP client does not stop cleanly", failed);
    }
  }
}
