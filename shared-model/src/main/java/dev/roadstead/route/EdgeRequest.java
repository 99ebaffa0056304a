package dev.roadstead.route;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * As much of a request as the edge looks at.
 *
 * @param method as it was sent; may be anything
 * @param path decoded, beginning with a slash
 * @param digest the query parameter {@code digest}, decoded, if there is one
 * @param bodyBytes the length of the body: 0 when there is none, empty when it is not known
 * @param scheme {@code http} or {@code https}, as the client has it
 * @param host whom the client has asked for, with the port if it said one
 * @param authorization the header of that name
 */
public record EdgeRequest(
    String method,
    String path,
    Optional<String> digest,
    OptionalLong bodyBytes,
    String scheme,
    String host,
    Optional<String> authorization) {

  /** A request that shows no credentials, to a registry that asks for none. */
  public EdgeRequest(String method, String path, Optional<String> digest, OptionalLong bodyBytes) {
    this(method, path, digest, bodyBytes, "http", "", Optional.empty());
  }

  /** Whether the body is known to be no longer than this. */
  boolean fits(long limitBytes) {
    return bodyBytes.isPresent() && bodyBytes.getAsLong() <= limitBytes;
  }
}
