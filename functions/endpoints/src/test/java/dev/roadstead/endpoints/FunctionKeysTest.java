package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import dev.roadstead.secret.CurrentSecrets;
import dev.roadstead.secret.KeyExchange;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where a function and the relay have their keys from. */
class FunctionKeysTest {
  private static final RepositoryName APP = new RepositoryName("team/app");
  private static final UploadLocation LOCATION =
      new UploadLocation(APP, new SessionId(new UUID(1, 2)), Phase.FRESH, 3);
  private static final byte[] KEY = new byte[LocationKeys.KEY_BYTES];

  private final InMemoryMetadataStore table = new InMemoryMetadataStore();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final KeyExchange exchange =
      new KeyExchange(new SecretTable(table), new Random(1), () -> now);

  /** The function that begins an upload and the relay that takes its bytes ask one table. */
  @Test
  void ofAnInstallationAreTheSameForAllWhoAskItsTable() {
    exchange.run();

    assertThat(installed().location().verify(APP, installed().location().sign(LOCATION)))
        .contains(LOCATION);
    assertThat(installed().tokens()).isPresent();
    assertThat(installed().origin()).isPresent();
  }

  /** A relay that is awake for days would refuse what younger functions sign. */
  @Test
  void ofAnInstallationFollowAnExchangeWithinAnHour() {
    exchange.run();
    var relay = installed().location();
    assertThat(relay.verify(APP, relay.sign(LOCATION))).contains(LOCATION);
    for (int i = 0; i < 3; i++) {
      now = now.plus(KeyExchange.PERIOD);
      exchange.run();
    }

    now = now.plus(CurrentSecrets.LIFE);

    assertThat(relay.verify(APP, installed().location().sign(LOCATION))).contains(LOCATION);
  }

  @Test
  void askNothingBeforeTheyAreNeeded() {
    var keys = installed();

    assertThatThrownBy(() -> keys.location().sign(LOCATION))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("a deployment makes them first");
  }

  @Test
  void ofAnEnvironmentAskNoTable() {
    var settings =
        new FunctionSettings(
            Operation.APPEND_CHUNK, List.of(KEY), Optional.empty(), RegistrySettings.DEFAULTS);

    var keys =
        FunctionKeys.of(
            settings,
            name -> {
              throw new AssertionError("asked for " + name);
            },
            () -> now);

    assertThat(keys.location().verify(APP, new LocationKeys(List.of(KEY)).sign(LOCATION)))
        .contains(LOCATION);
    assertThat(keys.tokens()).isEmpty();
    assertThat(keys.origin()).isEmpty();
  }

  private FunctionKeys installed() {
    var settings =
        FunctionSettings.of(
            Map.of("ROADSTEAD_FUNCTION", "append-chunk", "ROADSTEAD_SECRETS_TABLE", "secrets"));
    return FunctionKeys.of(
        settings,
        name -> {
          assertThat(name).isEqualTo("secrets");
          return table;
        },
        () -> now);
  }
}
