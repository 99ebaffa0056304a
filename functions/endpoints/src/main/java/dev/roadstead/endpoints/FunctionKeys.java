package dev.roadstead.endpoints;

import dev.roadstead.access.TokenKeys;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.ReadAddresses;
import dev.roadstead.secret.CurrentSecrets;
import dev.roadstead.secret.Purpose;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.secret.Secrets;
import dev.roadstead.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The keys that a function works with, and the relay likewise.
 *
 * @param tokens of a registry that has accounts
 * @param origin by what it knows the edge, the one in use first; empty where nobody else can reach
 *     it
 * @param reads of addresses at the CDN; has keys in an installation only
 */
public record FunctionKeys(
    LocationKeys location,
    Optional<TokenKeys> tokens,
    Optional<Supplier<List<byte[]>>> origin,
    ReadAddresses reads) {
  /**
   * Those of an installation's table, read at their first use and now and then, or of the
   * environment where there is no installation.
   *
   * @param tables opens a table by its name
   */
  public static FunctionKeys of(
      FunctionSettings settings, Function<String, MetadataStore> tables, InstantSource clock) {
    return settings
        .installation()
        .map(there -> new SecretTable(tables.apply(there.secretsTable())))
        .map(table -> of(new CurrentSecrets(table, clock)::get, clock))
        .orElseGet(() -> ofEnvironment(settings, clock));
  }

  private static FunctionKeys ofEnvironment(FunctionSettings settings, InstantSource clock) {
    return new FunctionKeys(
        new LocationKeys(settings.locationKeys()),
        settings
            .accounts()
            .map(keys -> new TokenKeys(keys.token(), new EdgeKeys(keys.edge()), clock)),
        Optional.empty(),
        new ReadAddresses(List::of));
  }

  /** Those of an installation, which always has accounts. */
  private static FunctionKeys of(Supplier<Secrets> secrets, InstantSource clock) {
    var edge = new EdgeKeys(keys(secrets, Purpose.EDGE));
    return new FunctionKeys(
        new LocationKeys(keys(secrets, Purpose.LOCATION)),
        Optional.of(new TokenKeys(keys(secrets, Purpose.TOKEN), edge, clock)),
        Optional.of(keys(secrets, Purpose.ORIGIN)),
        new ReadAddresses(keys(secrets, Purpose.READ)));
  }

  private static Supplier<List<byte[]>> keys(Supplier<Secrets> secrets, Purpose purpose) {
    return () -> secrets.get().keys(purpose);
  }
}
