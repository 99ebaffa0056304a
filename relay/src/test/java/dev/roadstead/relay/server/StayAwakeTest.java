package dev.roadstead.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.RelayPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** By a clock that moves only while the relay has nothing to do. */
class StayAwakeTest {
  private static final Duration IDLE_LIMIT = RelayServer.IDLE_LIMIT;

  private final Instant begin = Instant.ofEpochSecond(1_800_000_000);
  private volatile Instant now = begin;
  private final RelayPresence presence = new RelayPresence(new InMemoryMetadataStore(), () -> now);
  private final Idleness idleness = new Idleness(() -> now);

  @Test
  void saysThatItIsAwakeUntilItHasBeenIdleForTenMinutes() {
    stayAwake(
        time -> {
          var lasted = Duration.between(begin, now);
          if (lasted.compareTo(IDLE_LIMIT) < 0) {
            assertThat(presence.isAwake()).as("awake after %s", lasted).isTrue();
          }
        });

    assertThat(presence.isAwake()).isFalse();
    assertThat(lasted()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
  }

  @Test
  void neverGoesToSleepWithAStreamOpen() {
    var stream = idleness.begin();
    var streamEnds = begin.plus(Duration.ofHours(3));

    stayAwake(
        time -> {
          assertThat(presence.isAwake() || !now.isBefore(streamEnds)).isTrue();
          if (now.equals(streamEnds)) {
            stream.close();
          }
        });

    assertThat(lasted()).isGreaterThan(Duration.ofHours(3).plus(IDLE_LIMIT));
  }

  /** The client was told that the relay is awake, a moment before that was withdrawn. */
  @Test
  void takesAStreamThatComesAtTheLastMoment() {
    var lastMoment = begin.plus(IDLE_LIMIT).plusSeconds(2);

    stayAwake(
        time -> {
          if (now.equals(lastMoment)) {
            idleness.begin().close();
          } else if (now.equals(lastMoment.plusSeconds(2))) {
            assertThat(presence.isAwake()).isTrue();
          }
        });

    assertThat(lasted()).isGreaterThan(IDLE_LIMIT.multipliedBy(2));
  }

  private void stayAwake(Consumer<Duration> meanwhile) {
    new StayAwake(
            presence,
            idleness,
            IDLE_LIMIT,
            time -> {
              now = now.plus(time);
              meanwhile.accept(time);
            })
        .untilIdle();
  }

  private Duration lasted() {
    return Duration.between(begin, now);
  }
}
