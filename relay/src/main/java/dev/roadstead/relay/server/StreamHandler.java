package dev.roadstead.relay.server;

import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.relay.Relay;
import dev.roadstead.relay.RelayRequest;
import dev.roadstead.route.Address;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.wire.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives the requests that the edge sends here to the relay. */
final class StreamHandler extends Handler.Abstract {
  private static final Set<Operation> STREAMS =
      EnumSet.of(Operation.START_UPLOAD, Operation.APPEND_CHUNK, Operation.FINISH_UPLOAD);

  private final Relay relay;
  private final Failures failures;
  private final Idleness idleness;

  StreamHandler(Relay relay, Failures failures, Idleness idleness) {
    this.relay = relay;
    this.failures = failures;
    this.idleness = idleness;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    try (var _ = idleness.begin()) {
      var body = new RequestBody(request);
      send(answer(request, body), body, response);
      callback.succeeded();
    } catch (IOException clientIsGone) {
      callback.failed(clientIsGone);
    }
    return true;
  }

  private Answer answer(Request request, RequestBody body) {
    try {
      return relay.handle(read(request, body));
    } catch (RuntimeException failure) {
      return failures.answer("relay", failure);
    }
  }

  private static RelayRequest read(Request request, RequestBody body) {
    var uri = request.getHttpURI();
    var target =
        RequestTarget.parse(
            Objects.requireNonNullElse(uri.getPath(), ""),
            Objects.requireNonNullElse(uri.getQuery(), ""));
    var address = Address.parse(target.path()).orElseThrow(ErrorCode.PATH_UNKNOWN::raise);
    var operation =
        Method.named(request.getMethod())
            .flatMap(method -> Operation.at(address.place(), method))
            .filter(STREAMS::contains)
            .orElseThrow(() -> ErrorCode.METHOD_UNSUPPORTED.about("the relay takes streams alone"));
    var headers = request.getHeaders();
    return new RelayRequest(
        operation,
        address,
        target.parameter("digest"),
        Optional.ofNullable(headers.get(HttpHeader.CONTENT_RANGE)),
        length(request),
        body,
        new Visitor(Optional.ofNullable(headers.get(HttpHeader.AUTHORIZATION)), network(request)));
  }

  /** The edge alone reaches this server, and writes last where a request has come from. */
  private static String network(Request request) {
    var forwarded = request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR);
    return forwarded.isEmpty() ? Request.getRemoteAddr(request) : forwarded.getLast();
  }

  private static OptionalLong length(Request request) {
    if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(0, request.getLength()));
  }

  /** An answer given early is read before the connection closes, as {@link LateBytes} says. */
  private static void send(Answer answer, RequestBody body, Response response) throws IOException {
    boolean early = !body.atEnd();
    response.setStatus(answer.status());
    var headers = response.getHeaders();
    answer.headers().forEach(headers::put);
    if (!HttpStatus.hasNoBody(answer.status())) {
      headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
    if (early) {
      headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    Content.Sink.write(response, true, ByteBuffer.wrap(answer.body()));
    if (early) {
      body.drain(LateBytes.MAX_BYTES, LateBytes.TIME_LIMIT);
    }
  }
}
