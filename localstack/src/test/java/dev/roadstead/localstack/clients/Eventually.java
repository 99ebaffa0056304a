package dev.roadstead.localstack.clients;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for a state that must come; how soon it comes is not tested. */
final class Eventually {
  private static final int LIMIT_SECONDS = 30;
  private static final int LOOK_AGAIN_MILLIS = 20;

  private Eventually() {}

  /** Fails, saying what did not happen, after half a minute. */
  static void holds(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what);
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
