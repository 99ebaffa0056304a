package dev.roadstead.localstack;

import java.time.Duration;

/**
 * How long something may still wait.
 *
 * @param isNow whether it may not wait at all
 */
record Deadline(long endNanos, boolean isNow) {
  private static final Duration LONGER_THAN_ANYTHING = Duration.ofDays(3_650);

  static Deadline now() {
    return new Deadline(0, true);
  }

  static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos(), false);
  }

  /** For waits that something else ends: a client's silence, for example. */
  static Deadline none() {
    return after(LONGER_THAN_ANYTHING);
  }

  long nanosLeft() {
    return endNanos - System.nanoTime();
  }
}
