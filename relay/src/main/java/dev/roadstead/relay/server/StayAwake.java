package dev.roadstead.relay.server;

import dev.roadstead.registry.RelayPresence;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a relay awake as long as somebody needs it. */
final class StayAwake {
  private static final Logger LOG = LoggerFactory.getLogger(StayAwake.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final long LOOKS_PER_ANNOUNCEMENT =
      RelayPresence.RENEW_EVERY.dividedBy(LOOK_EVERY);

  /** How often it looks once more: a client may have been told that it is awake just before. */
  private static final int LAST_LOOKS = 5;

  private final RelayPresence presence;
  private final Idleness idleness;
  private final Duration idleLimit;
  private final Consumer<Duration> pause;

  /**
   * Made for one relay.
   *
   * @param pause lets time pass
   */
  StayAwake(
      RelayPresence presence, Idleness idleness, Duration idleLimit, Consumer<Duration> pause) {
    this.presence = presence;
    this.idleness = idleness;
    this.idleLimit = idleLimit;
    this.pause = pause;
  }

  /** Returns when nobody needs the relay any more and everybody can know that. */
  void untilIdle() {
    for (long look = 0; !maySleep(); look++) {
      if (look % LOOKS_PER_ANNOUNCEMENT == 0) {
        tell("announce", presence::announce);
      }
      pause.accept(LOOK_EVERY);
    }
  }

  /** Streams that begin meanwhile are taken, and keep it awake. */
  private boolean maySleep() {
    if (!idleness.reaches(idleLimit)) {
      return false;
    }
    tell("withdraw", presence::withdraw);
    for (int look = 0; look < LAST_LOOKS; look++) {
      pause.accept(LOOK_EVERY);
      if (!idleness.reaches(idleLimit)) {
        tell("announce", presence::announce);
        return false;
      }
    }
    return true;
  }

  /** What is not told now is told in a while, or is over by itself. */
  private static void tell(String what, Runnable call) {
    try {
      call.run();
    } catch (StoreException unreachable) {
      LOG.warn("nobody knows how the relay is: tried={} {}", what, unreachable.getMessage());
    }
  }
}
