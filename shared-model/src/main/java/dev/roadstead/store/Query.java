package dev.roadstead.store;

import java.util.Optional;

/**
 * A page of items of one partition, in order of their sort keys.
 *
 * @param prefix only sort keys that begin with this; empty for all
 * @param after only sort keys after this one, in byte order; it need not exist
 * @param limit how many items at most, 1 to {@value #MAX_LIMIT}
 */
public record Query(
    String partition, String prefix, Optional<String> after, int limit, Consistency consistency) {
  /** The longest page. */
  public static final int MAX_LIMIT = 1000;

  /** Refuses a limit outside 1 to {@value #MAX_LIMIT} with {@link IllegalArgumentException}. */
  public Query {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to 1000 items: " + limit);
    }
  }

  /** The first page of a partition. */
  public static Query of(String partition, int limit) {
    return new Query(partition, "", Optional.empty(), limit, Consistency.STRONG);
  }

  /** The same, restricted to sort keys that begin with the prefix. */
  public Query beginningWith(String newPrefix) {
    return new Query(partition, newPrefix, after, limit, consistency);
  }

  /** The same, from behind this sort key on. */
  public Query after(String sort) {
    return new Query(partition, prefix, Optional.of(sort), limit, consistency);
  }

  /** The same, content with what was true a moment ago. */
  public Query eventual() {
    return new Query(partition, prefix, after, limit, Consistency.EVENTUAL);
  }
}
