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
 */
public record EdgeRequest(
    String method, String path, Optional<String> digest, OptionalLong bodyBytes) {

  /** Whether the body is known to be no longer than this. */
  boolean fits(long limitBytes) {
    return bodyBytes.isPresent() && bodyBytes.getAsLong() <= limitBytes;
  }
}
