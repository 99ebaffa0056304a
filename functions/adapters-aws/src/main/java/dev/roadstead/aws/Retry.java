package dev.roadstead.aws;

import dev.roadstead.aws.Failure.Verdict;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Repeats calls that met a conflict, throttling or a lost answer, after a random pause of at most
 * 10 ms, 20 ms, 40 ms and so on. The SDK's own repeating is off: it does not know transaction
 * conflicts, and after a lost answer it would take the effect of its own first try for another
 * writer's.
 */
final class Retry {
  /** How often a call is tried. */
  static final int MAX_ATTEMPTS = 8;

  /** How long after the first try another one may begin; a function has 30 s for everything. */
  static final Duration MAX_TIME = Duration.ofSeconds(8);

  /** How long the first pause may be; each later one may be twice as long. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(10);

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pause pause;

  Retry(InstantSource clock, RandomGenerator random) {
    this(clock, random, Thread::sleep);
  }

  Retry(InstantSource clock, RandomGenerator random, Pause pause) {
    this.clock = clock;
    this.random = random;
    this.pause = pause;
  }

  /** Lets time pass between two tries. */
  interface Pause {
    /** Comes back after this while. */
    void pass(Duration time) throws InterruptedException;
  }

  /** One try of a call. */
  interface Attempt<T> {
    /**
     * Makes the call.
     *
     * @param maybeDone whether an earlier try may have taken effect already
     */
    T run(boolean maybeDone);
  }

  /** Makes a call that can be repeated without harm. */
  <T> T call(String action, Supplier<T> call) {
    return call(action, true, maybeDone -> call.get());
  }

  /**
   * Makes a call.
   *
   * @param action the service's name of it, for the operator
   * @param repeatable whether it may be made again when nobody knows whether it took effect
   * @throws StoreException when it did not succeed
   */
  <T> T call(String action, boolean repeatable, Attempt<T> attempt) {
    var last = clock.instant().plus(MAX_TIME);
    boolean maybeDone = false;
    for (int tries = 1; ; tries++) {
      try {
        return attempt.run(maybeDone);
      } catch (SdkException thrown) {
        var failure = Failure.of(thrown);
        maybeDone |= failure.verdict() == Verdict.UNKNOWN;
        boolean again =
            switch (failure.verdict()) {
              case NOT_DONE -> true;
              case UNKNOWN -> repeatable;
              case REFUSED -> false;
            };
        if (!again || tries == MAX_ATTEMPTS || clock.instant().isAfter(last)) {
          throw failure.exception(action, tries, thrown);
        }
        pause(tries);
      }
    }
  }

  private void pause(int tries) {
    try {
      long millis = random.nextLong(FIRST_PAUSE.toMillis() << (tries - 1)) + 1;
      pause.pass(Duration.ofMillis(millis));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted between two tries", interrupted);
    }
  }
}
