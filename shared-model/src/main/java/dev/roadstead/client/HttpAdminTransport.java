package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Administration over HTTP. */
public final class HttpAdminTransport implements AdminTransport {
  /** A longer answer is none that a registry gives; it pages. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final URI registry;
  private final String authorization;
  private final Wire wire = new Wire();

  private HttpAdminTransport(URI registry, String authorization) {
    this.registry = registry;
    this.authorization = authorization;
  }

  /**
   * With an account.
   *
   * @param registry for example {@code https://registry.example}
   * @throws IllegalArgumentException when a password would go over the network in the clear
   */
  public static HttpAdminTransport as(Credentials.Password account, URI registry) {
    if (!RegistryHost.keepsSecrets(registry)) {
      throw new IllegalArgumentException(
          "'" + registry + "' is not reached in secrecy; write https://…");
    }
    return new HttpAdminTransport(registry, account.basic());
  }

  /** With the token of a registry on this machine, which its requests never leave. */
  public static HttpAdminTransport with(String token, URI registry) {
    return new HttpAdminTransport(registry, "Bearer " + token);
  }

  @Override
  public Reply send(Request request) throws IOException {
    var body = request.document().map(BodyPublishers::ofByteArray).orElse(BodyPublishers.noBody());
    var ready =
        HttpRequest.newBuilder(address(request))
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .method(request.method(), body)
            .header("Authorization", authorization);
    if (request.document().isPresent()) {
      ready.header("Content-Type", "application/json");
    }
    var answer = wire.send(ready);
    try (var bytes = answer.body()) {
      return new Reply(answer.statusCode(), bytes.readNBytes(MAX_ANSWER_BYTES));
    }
  }

  private URI address(Request request) {
    var path =
        Stream.of(request.resource().split("/", -1))
            .map(HttpAdminTransport::encoded)
            .collect(Collectors.joining("/"));
    var query =
        new TreeMap<>(request.query())
            .entrySet().stream()
                .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
    return registry.resolve(ROOT + path + (query.isEmpty() ? "" : "?" + query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    wire.close();
  }
}
