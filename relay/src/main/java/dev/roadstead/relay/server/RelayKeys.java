package dev.roadstead.relay.server;

import dev.roadstead.access.TokenKeys;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.secret.CurrentSecrets;
import dev.roadstead.secret.Purpose;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.secret.Secrets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that the relay works with.
 *
 * @param tokens of a registry that has accounts
 */
record RelayKeys(LocationKeys location, Optional<TokenKeys> tokens) {
  /** Those of the installation's table, or of the environment where there is no installation. */
  static RelayKeys of(FunctionSettings settings, AwsStores stores, InstantSource clock) {
    return settings
        .installation()
        .map(there -> new SecretTable(stores.table(there.secretsTable())))
        .map(table -> of(new CurrentSecrets(table, clock)::get, clock))
        .orElseGet(() -> of(settings, clock));
  }

  private static RelayKeys of(FunctionSettings settings, InstantSource clock) {
    return new RelayKeys(
        new LocationKeys(settings.locationKeys()),
        settings
            .accounts()
            .map(keys -> new TokenKeys(keys.token(), new EdgeKeys(keys.edge()), clock)));
  }

  private static RelayKeys of(Supplier<Secrets> secrets, InstantSource clock) {
    var edge = new EdgeKeys(keys(secrets, Purpose.EDGE));
    return new RelayKeys(
        new LocationKeys(keys(secrets, Purpose.LOCATION)),
        Optional.of(new TokenKeys(keys(secrets, Purpose.TOKEN), edge, clock)));
  }

  private static Supplier<List<byte[]>> keys(Supplier<Secrets> secrets, Purpose purpose) {
    return () -> secrets.get().keys(purpose);
  }
}
