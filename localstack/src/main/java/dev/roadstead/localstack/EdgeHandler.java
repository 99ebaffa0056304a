package dev.roadstead.localstack;

import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.relay.RelayRequest;
import dev.roadstead.route.Address;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeRequest;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.wire.Answer;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The edge: looks at a request's first lines, lets the rules decide where it goes, and sends back
 * what comes of it. It reads no body and decides nothing itself.
 */
final class EdgeHandler extends Handler.Abstract {
  private static final String DIGEST = "Docker-Content-Digest";

  private final EdgeRouter router;
  private final FunctionHost functions;
  private final ObjectStoreDoor objects;
  private final RelayHost relay;
  private final Failures failures;
  private final boolean showRedirects;

  /**
   * An edge with these ways behind it.
   *
   * @param showRedirects whether clients are sent to the object store, or get its bytes from here
   */
  EdgeHandler(
      EdgeRouter router,
      FunctionHost functions,
      ObjectStoreDoor objects,
      RelayHost relay,
      Failures failures,
      boolean showRedirects) {
    this.router = router;
    this.functions = functions;
    this.objects = objects;
    this.relay = relay;
    this.failures = failures;
    this.showRedirects = showRedirects;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var exchange = new Exchange(request, response, callback);
    try {
      send(exchange, reply(exchange));
    } catch (IOException clientIsGone) {
      exchange.abort(clientIsGone);
    }
    return true;
  }

  private static void send(Exchange exchange, Reply reply) throws IOException {
    switch (reply) {
      case Reply.Whole(var answer) -> exchange.send(answer);
      case Reply.Bytes(var head, var object, var range) -> {
        try (object) {
          exchange.send(head, object, range);
        }
      }
      case Reply.Stream(var head, var bytes, var sizeBytes) -> {
        try (bytes) {
          exchange.send(head, bytes, sizeBytes);
        }
      }
    }
  }

  private Reply reply(Exchange exchange) {
    try {
      return route(exchange);
    } catch (RuntimeException failure) {
      return new Reply.Whole(failures.answer(exchange.request().getMethod(), failure));
    }
  }

  private Reply route(Exchange exchange) {
    var request = exchange.request();
    var uri = request.getHttpURI();
    var path = Objects.requireNonNullElse(uri.getPath(), ""); // CONNECT has none
    if (objects.serves(path)) {
      return object(request);
    }
    var target = RequestTarget.parse(path, Objects.requireNonNullElse(uri.getQuery(), ""));
    var seen =
        new EdgeRequest(
            request.getMethod(),
            target.path(),
            target.parameter("digest"),
            exchange.bodyBytes(),
            exchange.scheme(),
            Objects.requireNonNullElse(uri.getAuthority(), ""),
            exchange.authorization());
    return switch (router.route(seen)) {
      case Destination.Function function ->
          followed(
              request,
              function.operation(),
              challenging(
                  functions.call(function, target, exchange),
                  seen,
                  function.operation(),
                  function.address()));
      case Destination.DirectPut put -> new Reply.Whole(objects.put(put, exchange.body()));
      case Destination.Relay stream ->
          new Reply.Whole(
              challenging(
                  relayed(stream, seen, exchange), seen, stream.operation(), stream.address()));
      case Destination.Refusal(var reason) -> throw reason;
    };
  }

  /** Functions do not write challenges; the edge does, here behind them as well. */
  private Answer challenging(
      Answer answer, EdgeRequest seen, Operation operation, Address address) {
    if (answer.status() != HttpStatus.UNAUTHORIZED_401) {
      return answer;
    }
    return router
        .challenge(seen, operation, address)
        .map(challenge -> answer.with("WWW-Authenticate", challenge))
        .orElse(answer);
  }

  private Answer relayed(Destination.Relay stream, EdgeRequest seen, Exchange exchange) {
    try {
      return relay.take(stream(stream, seen, exchange));
    } catch (RuntimeException failure) {
      return failures.answer(stream.operation().functionName(), failure);
    }
  }

  private static RelayRequest stream(
      Destination.Relay stream, EdgeRequest seen, Exchange exchange) {
    return new RelayRequest(
        stream.operation(),
        stream.address(),
        seen.digest(),
        Optional.ofNullable(exchange.request().getHeaders().get(HttpHeader.CONTENT_RANGE)),
        seen.bodyBytes(),
        exchange.body(),
        new Visitor(exchange.authorization(), exchange.network()));
  }

  /**
   * Clients on this machine gain nothing by coming twice, so a blob's redirect is followed here.
   */
  private Reply followed(Request request, Operation operation, Answer answer) {
    if (showRedirects
        || operation != Operation.GET_BLOB
        || !HttpStatus.isRedirection(answer.status())) {
      return new Reply.Whole(answer);
    }
    var headers = answer.headers();
    return objects
        .get(headers.getOrDefault("Location", ""), range(request))
        .with(DIGEST, headers.getOrDefault(DIGEST, ""));
  }

  private Reply object(Request request) {
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> objects.get(request.getHttpURI().getPathQuery(), range(request));
      default ->
          throw ErrorCode.METHOD_UNSUPPORTED
              .about("objects are read with GET and HEAD")
              .with("Allow", "GET, HEAD");
    };
  }

  private static Optional<String> range(Request request) {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.RANGE));
  }
}
