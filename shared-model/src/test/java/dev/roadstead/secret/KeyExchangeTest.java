package dev.roadstead.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultPlan.When;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import dev.roadstead.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How keys are exchanged, and how functions hear of it. */
class KeyExchangeTest {
  private static final RepositoryName APP = new RepositoryName("app");
  private static final UploadLocation LOCATION =
      new UploadLocation(APP, new SessionId(new UUID(1, 2)), Phase.FRESH, 3);

  private final FaultPlan faults = new FaultPlan();
  private final InMemoryMetadataStore memory = new InMemoryMetadataStore();
  private final SecretTable table = new SecretTable(new FaultyMetadataStore(memory, faults));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final KeyExchange exchange = new KeyExchange(table, new Random(1), () -> now);

  @Test
  void makesKeysForEveryPurposeAndNoneTwice() {
    assertThat(exchange.run()).isTrue();

    var keys = new ArrayList<String>();
    for (var purpose : Purpose.values()) {
      assertThat(secrets().keys(purpose)).hasSize(2);
      secrets().keys(purpose).forEach(key -> keys.add(HexFormat.of().formatHex(key)));
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void leavesYoungKeysAsTheyAre() {
    exchange.run();
    var before = secrets();
    now = now.plus(KeyExchange.PERIOD).minusSeconds(1);

    assertThat(exchange.run()).isFalse();
    assertThat(secrets().edgeTexts()).isEqualTo(before.edgeTexts());
  }

  @Test
  void whoeverIsOneExchangeBehindIsBelievedAndBelieves() {
    var generations = generations(6);

    for (int i = 1; i < generations.size(); i++) {
      var both = List.of(generations.get(i - 1), generations.get(i));
      for (var signer : both) {
        for (var reader : both) {
          assertThat(locations(reader).verify(APP, locations(signer).sign(LOCATION)))
              .contains(LOCATION);
        }
      }
    }
  }

  @Test
  void aKeyIsNotBelievedForEver() {
    var generations = generations(4);
    var old = locations(generations.getFirst()).sign(LOCATION);

    assertThat(locations(generations.get(1)).verify(APP, old)).contains(LOCATION);
    assertThat(locations(generations.get(3)).verify(APP, old)).isEmpty();
  }

  @Test
  void twoAtOnceMakeOneExchange() {
    generations(1);
    now = now.plus(KeyExchange.PERIOD);
    var other = new KeyExchange(new SecretTable(memory), new Random(2), () -> now);
    faults.actBefore(1, other::run);

    assertThat(exchange.run()).isTrue();
    assertThat(secrets().generation()).isEqualTo(2);
  }

  @Test
  void theEdgeNeverGetsTheKeysThatTokensAreSignedWith() {
    var secrets = generations(1).getFirst();
    var told = secrets.edgeTexts();

    assertThat(told).containsOnlyKeys("location-keys", "edge-keys", "origin-keys", "read-keys");
    for (var key : secrets.keys(Purpose.TOKEN)) {
      assertThat(told.toString()).doesNotContain(HexFormat.of().formatHex(key));
    }
  }

  @Test
  void whatIsPrintedHasNoKey() {
    var secrets = generations(1).getFirst();

    assertThat(secrets).hasToString("Secrets[generation=1]");
    assertThat(secrets.rings().get(Purpose.TOKEN)).hasToString("Ring[2 keys]");
    assertThat(memory.all().toString()).contains("Bytes[64]");
  }

  @Test
  void aFunctionReadsOnceAnHour() {
    generations(1);
    var current = new CurrentSecrets(table, () -> now);
    faults.restart();
    current.get();
    now = now.plus(CurrentSecrets.LIFE).minusSeconds(1);
    current.get();
    assertThat(faults.calls()).hasSize(1);
    now = now.plus(KeyExchange.PERIOD);
    exchange.run();

    assertThat(current.get().generation()).isEqualTo(2);
  }

  @Test
  void aFunctionGoesOnWithWhatItKnowsWhileTheTableIsSilent() {
    generations(1);
    var current = new CurrentSecrets(table, () -> now);
    current.get();
    now = now.plus(Duration.ofDays(1));
    faults.actBefore(
        0,
        () -> {
          throw new StoreException("silent");
        });

    assertThat(current.get().generation()).isEqualTo(1);
  }

  @Test
  void aFunctionDoesNotStartWithoutKeys() {
    assertThatThrownBy(new CurrentSecrets(table, () -> now)::get)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a deployment makes them");
  }

  /** A process that dies at the write has exchanged or has not; the next one finds out which. */
  @Test
  void diesAtAnyCallAndIsRepeated() {
    for (var when : When.values()) {
      for (int call = 0; call < 2; call++) {
        faults.crashAt(call, when);
        assertThatThrownBy(exchange::run).isInstanceOf(FaultPlan.Crashed.class);
        faults.restart();
        long before = new SecretTable(memory).read().map(Secrets::generation).orElse(0L);
        exchange.run();
        long after = secrets().generation();
        assertThat(after - before).isBetween(0L, 1L);
        now = now.plus(KeyExchange.PERIOD);
      }
    }
  }

  private List<Secrets> generations(int count) {
    var generations = new ArrayList<Secrets>();
    for (int i = 0; i < count; i++) {
      exchange.run();
      generations.add(secrets());
      now = now.plus(KeyExchange.PERIOD);
    }
    now = now.minus(KeyExchange.PERIOD);
    return generations;
  }

  private Secrets secrets() {
    return new SecretTable(memory).read().orElseThrow();
  }

  private static LocationKeys locations(Secrets secrets) {
    return new LocationKeys(secrets.keys(Purpose.LOCATION));
  }
}
