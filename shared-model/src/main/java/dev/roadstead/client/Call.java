package dev.roadstead.client;

import dev.roadstead.model.RepositoryName;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to a registry.
 *
 * @param purpose completes "the registry refused to …"
 * @param right the repository and what is done to it; calls of one right share an authorisation
 */
record Call(
    String method,
    URI address,
    Map<String, String> headers,
    BodyPublisher body,
    String purpose,
    String right) {

  /** A request without headers and body. */
  static Call of(String method, URI address, RepositoryName repository, String purpose) {
    var reads = method.equals("GET") || method.equals("HEAD");
    return new Call(
        method,
        address,
        Map.of(),
        BodyPublishers.noBody(),
        purpose,
        repository + (reads ? " pull" : " push"));
  }

  /** The same with one header more. */
  Call with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Call(method, address, more, body, purpose, right);
  }

  /** The same with these bytes as its body. */
  Call withBody(String mediaType, BodyPublisher bytes) {
    return new Call(method, address, headers, bytes, purpose, right)
        .with("Content-Type", mediaType);
  }

  /** The same to another address. */
  Call to(URI elsewhere) {
    return new Call(method, elsewhere, headers, body, purpose, right);
  }

  /** Whether a second sending does no harm and costs little: nothing that carries data. */
  boolean isRepeatable() {
    return !method.equals("PUT") && !method.equals("PATCH");
  }

  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
