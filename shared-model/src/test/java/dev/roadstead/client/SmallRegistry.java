package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A registry in a few lines, over real HTTP on loopback, for tests of what talks to registries. It
 * stores pushes, checks digests, and refuses a manifest whose children it does not have.
 */
public final class SmallRegistry implements AutoCloseable {
  /** What a request has to show. */
  public enum Access {
    OPEN,
    BASIC,
    TOKEN
  }

  /** The only account: its user and password. */
  public static final Credentials.Password ACCOUNT = new Credentials.Password("captain", "s:ecret");

  /** An answer to be given instead of the registry's own. */
  public record Answer(int status, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final Access access;
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
  private final Map<String, String> mediaTypes = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final Deque<Answer> scriptedAnswers = new ConcurrentLinkedDeque<>();
  private volatile String scriptedRequest = "";

  private SmallRegistry(HttpServer server, Access access) {
    this.server = server;
    this.access = access;
  }

  /** Starts one on a free port. */
  public static SmallRegistry start(Access access) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var registry = new SmallRegistry(HttpServer.create(address, 0), access);
    registry.server.createContext("/", registry::handle);
    registry.server.start();
    return registry;
  }

  /** {@code 127.0.0.1:port}. */
  public RegistryHost host() {
    return new RegistryHost("127.0.0.1:" + server.getAddress().getPort());
  }

  /** Method and path of every request so far, and of those to the token service the query. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The paths, below {@code /v2/}, that have something. */
  public List<String> contents() {
    return contents.keySet().stream().sorted().toList();
  }

  /** Forgets the tokens it gave, as if they had expired. */
  public void expireTokens() {
    tokens.clear();
  }

  /** Gives these answers, one after another, to requests that begin with this text. */
  public void answer(String request, Answer... answers) {
    scriptedRequest = request;
    scriptedAnswers.addAll(List.of(answers));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var path = exchange.getRequestURI().getPath();
      var request = exchange.getRequestMethod() + " " + path;
      requests.add(request);
      if (!scriptedAnswers.isEmpty() && request.startsWith(scriptedRequest)) {
        send(exchange, scriptedAnswers.removeFirst());
      } else if (path.equals("/token")) {
        send(exchange, token(exchange, new String(body, UTF_8)));
      } else if (!isAuthorized(exchange)) {
        send(exchange, challenge());
      } else {
        answer(exchange, path.substring("/v2/".length()), body);
      }
    }
  }

  private void answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" ->
          send(exchange, new Answer(202, Map.of("Location", "/v2/" + path + "1?a=b%2Fc"), ""));
      case "PUT" ->
          send(
              exchange,
              path.contains("/manifests/")
                  ? storeManifest(exchange, path, body)
                  : storeBlob(exchange, path, body));
      default -> read(exchange, path);
    }
  }

  private Answer storeBlob(HttpExchange exchange, String path, byte[] body) {
    var query = exchange.getRequestURI().getQuery();
    var digest = Digest.sha256(body).toString();
    if (!query.equals("a=b/c&digest=" + digest)) {
      return error(400, "DIGEST_INVALID", "these bytes are " + digest);
    }
    contents.put(path.replaceFirst("uploads/.*", digest), body);
    return new Answer(201, Map.of(), "");
  }

  private Answer storeManifest(HttpExchange exchange, String path, byte[] body) {
    var mediaType = exchange.getRequestHeaders().getFirst("Content-Type");
    var document = ManifestReader.read(Optional.of(mediaType), body);
    var repository = path.substring(0, path.indexOf("/manifests/"));
    var needed =
        Stream.concat(
            document.blobs().stream().map(blob -> path(repository, "blobs", blob)),
            document.manifests().stream().map(child -> path(repository, "manifests", child)));
    var missing = needed.filter(child -> !contents.containsKey(child)).toList();
    if (!missing.isEmpty()) {
      return error(404, "MANIFEST_BLOB_UNKNOWN", "missing " + missing);
    }
    for (var reference : List.of(path, repository + "/manifests/" + Digest.sha256(body))) {
      contents.put(reference, body);
      mediaTypes.put(reference, mediaType);
    }
    return new Answer(201, Map.of(), "");
  }

  private static String path(String repository, String kind, Descriptor descriptor) {
    return repository + "/" + kind + "/" + descriptor.digest();
  }

  private void read(HttpExchange exchange, String path) throws IOException {
    var content = contents.get(path);
    if (content == null) {
      send(exchange, error(404, "MANIFEST_UNKNOWN", "nothing here"));
      return;
    }
    var mediaType = mediaTypes.getOrDefault(path, "application/octet-stream");
    exchange.getResponseHeaders().set("Content-Type", mediaType);
    var headOnly = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, headOnly ? -1 : content.length);
    if (!headOnly) {
      exchange.getResponseBody().write(content);
    }
  }

  private Answer token(HttpExchange exchange, String form) {
    requests.add(String.valueOf(exchange.getRequestURI().getQuery()) + form);
    if (!ACCOUNT.basic().equals(authorization(exchange))
        && !form.contains("refresh_token=identity")) {
      return error(401, "UNAUTHORIZED", "no such user");
    }
    var token = "token-" + requests.size();
    tokens.add(token);
    return new Answer(200, Map.of(), "{\"token\":\"" + token + "\"}");
  }

  private boolean isAuthorized(HttpExchange exchange) {
    var authorization = authorization(exchange);
    return switch (access) {
      case OPEN -> authorization.isEmpty();
      case BASIC -> authorization.equals(ACCOUNT.basic());
      case TOKEN -> tokens.stream().anyMatch(token -> authorization.equals("Bearer " + token));
    };
  }

  private Answer challenge() {
    var realm = "http://" + host() + "/token";
    var challenge =
        access == Access.BASIC
            ? "Basic realm=\"small\""
            : "Bearer realm=\"" + realm + "\",service=\"small\",scope=\"repository:r:pull,push\"";
    var answer = error(401, "UNAUTHORIZED", "who are you?");
    var headers = new HashMap<>(answer.headers());
    headers.put("WWW-Authenticate", challenge);
    return new Answer(401, headers, answer.body());
  }

  private static String authorization(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
  }

  private static Answer error(int status, String code, String message) {
    var body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
    return new Answer(status, Map.of("Content-Type", "application/json"), body);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    var bytes = answer.body().getBytes(UTF_8);
    var empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
