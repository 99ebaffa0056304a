package dev.roadstead.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.memory.InMemoryRelayMachine;
import dev.roadstead.registry.RelayWake.Awakening;
import dev.roadstead.store.RelayMachine;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RelayWakeTest {
  private static final Duration BOOT = Duration.ofSeconds(20);

  private volatile Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final InMemoryRelayMachine machine = new InMemoryRelayMachine();
  private final RelayPresence presence = new RelayPresence(new InMemoryMetadataStore(), () -> now);
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void neitherStartsNorWaitsForARelayThatIsAwake() {
    presence.announce();

    assertThat(wake(this::nothingHappens).await()).isInstanceOf(Awakening.Awake.class);
    assertThat(machine.starts()).isZero();
    assertThat(pauses).isEmpty();
  }

  @Test
  void waitsUntilTheRelayThatItHasStartedTakesStreams() {
    var bootedAt = now.plus(BOOT);

    var result = wake(() -> announceFrom(bootedAt)).await();

    assertThat(result).isInstanceOf(Awakening.Awake.class);
    assertThat(machine.starts()).isEqualTo(1);
    assertThat(waited()).isEqualTo(BOOT);
  }

  @Test
  void twoAtOnceStartItOnce() throws Exception {
    var bootedAt = now.plus(BOOT);
    var wake = wake(() -> announceFrom(bootedAt));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(Stream.generate(() -> await(wake)).limit(2).toList());
      for (var result : results) {
        assertThat(result.get()).isInstanceOf(Awakening.Awake.class);
      }
    }
    assertThat(machine.starts()).isEqualTo(1);
  }

  private static Callable<Awakening> await(RelayWake wake) {
    return wake::await;
  }

  /** Its last announcement is withdrawn while it stops, and a machine that stops takes no start. */
  @Test
  void startsAMachineThatIsStoppingOnceItHasStopped() {
    machine.stopping();
    var stoppedAt = now.plusSeconds(12);
    var bootedAt = stoppedAt.plus(BOOT);

    var result =
        wake(() -> {
              if (!now.isBefore(stoppedAt) && machine.starts() == 0) {
                machine.asleep();
              }
              announceFrom(bootedAt);
            })
            .await();

    assertThat(result).isInstanceOf(Awakening.Awake.class);
    assertThat(machine.starts()).isEqualTo(1);
  }

  /** In the cloud there may be no free machine, for a moment or for long. */
  @Test
  void triesAgainWhereTheMachineCannotBeStarted() {
    machine.refuses(Optional.of("no capacity"));
    var freeAt = now.plusSeconds(7);
    var bootedAt = freeAt.plus(BOOT);

    var result =
        wake(() -> {
              if (!now.isBefore(freeAt)) {
                machine.refuses(Optional.empty());
              }
              announceFrom(bootedAt);
            })
            .await();

    assertThat(result).isInstanceOf(Awakening.Awake.class);
    assertThat(machine.starts()).isEqualTo(1);
  }

  @Test
  void saysWhyTheMachineCouldNotBeStarted() {
    machine.refuses(Optional.of("no capacity"));

    assertThat(wake(this::nothingHappens).await())
        .isEqualTo(new Awakening.StillAsleep(RelayWake.WAIT_LIMIT, Optional.of("no capacity")));
  }

  /** A function has a minute, and nobody reads what it answers later. */
  @Test
  void answersInTimeWhereNobodySaysWhetherTheMachineStarts() {
    var begun = now;
    RelayMachine silent =
        () -> {
          now = now.plusSeconds(13);
          throw new StoreException("no answer");
        };

    var result = wake(silent, this::nothingHappens).await();

    assertThat(result).isInstanceOf(Awakening.StillAsleep.class);
    assertThat(Duration.between(begun, now)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void doesNotWaitForeverForARelayThatNeverWakes() {
    var result = wake(this::nothingHappens).await();

    assertThat(result).isEqualTo(new Awakening.StillAsleep(RelayWake.WAIT_LIMIT, Optional.empty()));
    assertThat(waited()).isEqualTo(RelayWake.WAIT_LIMIT).isLessThan(Duration.ofSeconds(90));
    assertThat(machine.starts()).isEqualTo(1);
  }

  /** Clients repeat what was refused, and would each time wait as long again. */
  @Test
  void refusesAtOnceForAWhileAfterThat() {
    var wake = wake(this::nothingHappens);
    var _ = wake.await();
    pauses.clear();

    assertThat(wake.await()).isInstanceOf(Awakening.StillAsleep.class);
    assertThat(waited()).isLessThanOrEqualTo(Duration.ofSeconds(1));

    now = now.plus(RelayWake.NO_WAIT_AFTER_FAILURE).plusSeconds(1);
    pauses.clear();
    assertThat(wake.await()).isInstanceOf(Awakening.StillAsleep.class);
    assertThat(waited()).isEqualTo(RelayWake.WAIT_LIMIT);
  }

  @Test
  void aRelayThatDiedIsBelievedAwakeOnlyAsLongAsItsLastWordHolds() {
    presence.announce();
    now = now.plus(RelayPresence.LIFE);

    assertThat(presence.isAwake()).isFalse();
  }

  @Test
  void aRelayThatGoesToSleepSaysSo() {
    presence.announce();
    presence.withdraw();

    assertThat(presence.isAwake()).isFalse();
  }

  private RelayWake wake(Runnable meanwhile) {
    return wake(machine, meanwhile);
  }

  private RelayWake wake(RelayMachine which, Runnable meanwhile) {
    return new RelayWake(
        presence,
        which,
        () -> now,
        time -> {
          synchronized (pauses) {
            pauses.add(time);
            now = now.plus(time);
            meanwhile.run();
          }
        });
  }

  private void announceFrom(Instant time) {
    if (!now.isBefore(time)) {
      presence.announce();
    }
  }

  private void nothingHappens() {}

  private Duration waited() {
    return pauses.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
