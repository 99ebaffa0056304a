package dev.roadstead.relay.server;

import java.time.Duration;

/**
 * How long something may still wait.
 *
 * @param isNow whether it may not wait at all
 */
public record Deadline(long endNanos, boolean isNow) {
  private static final Duration LONGER_THAN_ANYTHING = Duration.ofDays(3_650);

  /** No time at all. */
  public static Deadline now() {
    return new Deadline(0, true);
  }

  /** So long from now. */
  public static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos(), false);
  }

  /** For waits that something else ends: a client's silence, for example. */
  public static Deadline none() {
    return after(LONGER_THAN_ANYTHING);
  }

  /** What is left of it; negative when it is over. */
  public long nanosLeft() {
    return endNanos - System.nanoTime();
  }
}
