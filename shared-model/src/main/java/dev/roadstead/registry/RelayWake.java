package dev.roadstead.registry;

import dev.roadstead.store.RelayMachine;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Wakes the relay for clients that are about to send a stream, and waits until it takes one. Any
 * number may ask at once: the machine starts once. For any number of threads.
 */
public final class RelayWake {
  /** How long one client waits. The CDN gives a function one minute for its answer. */
  public static final Duration WAIT_LIMIT = Duration.ofSeconds(50);

  /** For how long after that nobody waits again: clients repeat what was refused, several times. */
  static final Duration NO_WAIT_AFTER_FAILURE = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MAX_LOOKS = (int) WAIT_LIMIT.dividedBy(LOOK_EVERY);

  /** A machine that is started later is not there in time; and who starts it may take seconds. */
  private static final Duration START_LIMIT = Duration.ofSeconds(40);

  /** Starts are asked for at so many looks once; AWS counts them. */
  private static final int LOOKS_PER_START = 5;

  private final RelayPresence presence;
  private final RelayMachine machine;
  private final InstantSource clock;
  private final Consumer<Duration> pause;
  private volatile Instant waitsAgain = Instant.MIN;

  /** Wakes the relay on this machine. */
  public RelayWake(RelayPresence presence, RelayMachine machine, InstantSource clock) {
    this(presence, machine, clock, RelayWake::sleep);
  }

  /** The same with another way to let time pass. */
  RelayWake(
      RelayPresence presence, RelayMachine machine, InstantSource clock, Consumer<Duration> pause) {
    this.presence = presence;
    this.machine = machine;
    this.clock = clock;
    this.pause = pause;
  }

  /** What became of waiting. */
  public sealed interface Awakening {
    /** The relay takes streams. */
    record Awake() implements Awakening {}

    /**
     * It does not, and one client has waited for so long.
     *
     * @param refusal why the machine could not even be started, for the operator's log
     */
    record StillAsleep(Duration waited, Optional<String> refusal) implements Awakening {}
  }

  /**
   * Returns when the relay takes streams, or when waiting any longer would not help the client.
   *
   * @throws StoreException when nobody can say whether the relay is awake
   */
  public Awakening await() {
    if (presence.isAwake()) {
      return new Awakening.Awake();
    }
    var begun = clock.instant();
    boolean mayWait = begun.isAfter(waitsAgain);
    var end = begun.plus(mayWait ? WAIT_LIMIT : LOOK_EVERY);
    boolean starting = false;
    Optional<String> refusal = Optional.empty();
    for (int look = 0; look < MAX_LOOKS && clock.instant().isBefore(end); look++) {
      if (!starting && look % LOOKS_PER_START == 0 && !isPast(begun.plus(START_LIMIT))) {
        try {
          starting = isStarting();
          refusal = Optional.empty();
        } catch (StoreException refused) { // there may be a machine in a moment
          refusal = Optional.of(String.valueOf(refused.getMessage()));
        }
      }
      pause.accept(LOOK_EVERY);
      if (presence.isAwake()) {
        return new Awakening.Awake();
      }
    }
    if (mayWait) {
      waitsAgain = clock.instant().plus(NO_WAIT_AFTER_FAILURE);
    }
    return new Awakening.StillAsleep(WAIT_LIMIT, refusal);
  }

  /**
   * Starts the relay unless it is awake, and does not wait.
   *
   * @throws StoreException when nobody can say what relay or machine do
   */
  public void begin() {
    if (!presence.isAwake()) {
      var _ = machine.start();
    }
  }

  private boolean isPast(Instant time) {
    return clock.instant().isAfter(time);
  }

  /**
   * One that runs may be about to stop, and one that stops takes no start: both are asked again.
   */
  private boolean isStarting() {
    return switch (machine.start()) {
      case RelayMachine.Start.Starting _ -> true;
      case RelayMachine.Start.Running _, RelayMachine.Start.Stopping _ -> false;
    };
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while the relay was waking", interrupted);
    }
  }
}
