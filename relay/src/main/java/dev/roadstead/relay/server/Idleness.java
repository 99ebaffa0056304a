package dev.roadstead.relay.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** For how long nobody has needed the relay. For any number of threads. */
final class Idleness {
  private final InstantSource clock;
  private Instant lastEnd;
  private int streams;

  /** Idle from now on. */
  Idleness(InstantSource clock) {
    this.clock = clock;
    this.lastEnd = clock.instant();
  }

  /** A stream begins; until it is closed, nobody calls the relay idle. */
  synchronized Stream begin() {
    streams++;
    return this::end;
  }

  private synchronized void end() {
    streams--;
    lastEnd = clock.instant();
  }

  /** Whether it has lasted for so long. */
  synchronized boolean reaches(Duration limit) {
    return streams == 0 && !clock.instant().isBefore(lastEnd.plus(limit));
  }

  /** One stream, until it is closed. */
  interface Stream extends AutoCloseable {
    @Override
    void close();
  }
}
