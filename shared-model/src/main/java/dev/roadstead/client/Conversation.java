package dev.roadstead.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests and answers with one registry: what every call needs besides its own meaning, which is
 * to answer challenges, to follow redirects, to wait when told to, and to explain refusals.
 */
final class Conversation {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MAX_REDIRECTS = 5;
  private static final int MAX_WAITS = 4;
  private static final Duration MAX_WAIT = Duration.ofSeconds(30);
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  private final RegistryHost registry;
  private final Wire wire;
  private final Authorizer authorizer;
  private final Waiting waiting;

  /** Lets time pass. */
  @FunctionalInterface
  interface Waiting {
    void forAbout(Duration duration) throws InterruptedException;
  }

  Conversation(RegistryHost registry, Wire wire, Authorizer authorizer, Waiting waiting) {
    this.registry = registry;
    this.wire = wire;
    this.authorizer = authorizer;
    this.waiting = waiting;
  }

  /**
   * The answer with one of the statuses asked for; its body has to be closed.
   *
   * @throws RegistryRefusal for any other status, with the registry's own words
   */
  HttpResponse<InputStream> expect(Call call, Set<Integer> statuses) throws IOException {
    var answer = authorized(call);
    for (int waits = 0; mayTryAgain(call, answer) && waits < MAX_WAITS; waits++) {
      answer.body().close();
      pause(answer);
      answer = authorized(call);
    }
    for (int hops = 0; isRedirect(call, answer) && hops < MAX_REDIRECTS; hops++) {
      answer.body().close();
      answer = redirected(call, answer);
    }
    if (statuses.contains(answer.statusCode())) {
      return answer;
    }
    throw refusal(call, answer);
  }

  /**
   * The answer, whatever its status; its body has to be closed. A token may have expired, so a
   * remembered answer to a challenge that fails is replaced once.
   */
  HttpResponse<InputStream> authorized(Call call) throws IOException {
    var answer = send(call, authorizer.authorizationOf(call));
    if (answer.statusCode() != 401) {
      return answer;
    }
    answer.body().close();
    var challenges = Challenge.parse(answer.headers().allValues("WWW-Authenticate"));
    return send(call, Optional.of(authorizer.answer(call, challenges)));
  }

  /** Only the registry itself sees the authorisation: an upload may go to another host. */
  HttpResponse<InputStream> send(Call call, Optional<String> authorization) throws IOException {
    var request = HttpRequest.newBuilder(call.address()).method(call.method(), call.body());
    if (call.address().getScheme().equals("http")) {
      request.version(java.net.http.HttpClient.Version.HTTP_1_1); // no upgrade offered
    }
    call.headers().forEach(request::header);
    if (Wire.origin(call.address()).equals(Wire.origin(registry.api()))) {
      authorization.ifPresent(value -> request.header("Authorization", value));
    }
    return wire.send(request);
  }

  private static boolean mayTryAgain(Call call, HttpResponse<?> answer) {
    return call.isRepeatable()
        && (answer.statusCode() == TOO_MANY_REQUESTS || answer.statusCode() == UNAVAILABLE);
  }

  private void pause(HttpResponse<?> answer) throws IOException {
    var told = answer.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,6}"));
    var wait = Duration.ofSeconds(told.map(Long::parseLong).orElse(1L));
    try {
      waiting.forAbout(wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + registry);
    }
  }

  private static boolean isRedirect(Call call, HttpResponse<?> answer) {
    return call.isRead() && REDIRECTS.contains(answer.statusCode());
  }

  private HttpResponse<InputStream> redirected(Call call, HttpResponse<?> answer)
      throws IOException {
    var address = location(call, answer);
    return send(call.to(address), Optional.empty());
  }

  /**
   * The address that an answer's {@code Location} leads to.
   *
   * @throws IOException when there is none, or one that would leave https
   */
  URI location(Call call, HttpResponse<?> answer) throws IOException {
    var text = answer.headers().firstValue("Location").orElse("");
    try {
      var address = answer.uri().resolve(URI.create(text));
      if (!text.isEmpty() && RegistryHost.keepsSecrets(address)) {
        return address;
      }
    } catch (IllegalArgumentException malformed) {
      // the same as none
    }
    throw new IOException(
        registry
            + " was asked to "
            + call.purpose()
            + " and answered "
            + answer.statusCode()
            + " with no address that can be followed");
  }

  private RegistryRefusal refusal(Call call, HttpResponse<InputStream> answer) throws IOException {
    try (var body = answer.body()) {
      if (answer.statusCode() == 401) {
        return authorizer.rejected(call);
      }
      var reason = reason(body.readNBytes(MAX_ERROR_BYTES));
      return new RegistryRefusal(
          answer.statusCode(),
          registry
              + " refused to "
              + call.purpose()
              + ": status "
              + answer.statusCode()
              + (reason.isEmpty() ? "" : ", " + reason));
    }
  }

  /** The errors' codes and messages (distribution spec, "Error Codes"), on one line. */
  private static String reason(byte[] body) {
    try {
      var errors = JSON.readTree(body).path("errors");
      return StreamSupport.stream(errors.spliterator(), false)
          .map(error -> error.path("code").asString("") + " " + error.path("message").asString(""))
          .map(text -> text.replaceAll("\\p{Cntrl}+", " ").strip())
          .collect(Collectors.joining("; "));
    } catch (JacksonException noErrorDocument) {
      return "";
    }
  }
}
