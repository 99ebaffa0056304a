package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Key;

/**
 * How often a manifest was pulled on one day.
 *
 * @param day counted from 1970, in UTC
 */
public record PullCount(long day, RepositoryName repository, Digest digest, long pulls) {
  /** Refuses fewer than none with {@link IllegalArgumentException}. */
  public PullCount {
    if (pulls < 0) {
      throw new IllegalArgumentException("there are no fewer pulls than none");
    }
  }

  /** Where it is kept, with those of the same day that were counted before. */
  Key key() {
    return DayKeys.pulls(day, repository, digest);
  }

  /** The day of a moment, in milliseconds since 1970. */
  public static long dayOf(long atMillis) {
    return Days.of(atMillis);
  }
}
