package dev.roadstead.localstack;

import dev.roadstead.registry.collect.Breaker;
import java.time.Duration;
import java.util.Optional;

/**
 * When the collector of a local registry runs, and what it takes.
 *
 * @param every the pause after each run; at least one second, so that it does nothing else
 * @param untagged how long a manifest stays that nothing keeps; empty: for ever
 * @param limits how much it may condemn on one day
 */
public record Collection(Duration every, Optional<Duration> untagged, Breaker.Limits limits) {

  /** What is right for most. */
  public static final Collection DEFAULTS =
      new Collection(Duration.ofMinutes(5), Optional.empty(), Breaker.Limits.DEFAULTS);

  /** Refuses a pause under one second with {@link IllegalArgumentException}. */
  public Collection {
    if (every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the collector pauses for one second at least");
    }
  }
}
