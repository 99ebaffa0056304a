package dev.roadstead.lambda;

import dev.roadstead.access.TokenKeys;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.ReadAddresses;
import dev.roadstead.secret.Purpose;
import dev.roadstead.secret.Secrets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The keys that a function works with.
 *
 * @param tokens of a registry that has accounts
 * @param origin by what it knows the edge
 * @param reads of addresses at the CDN; has keys in an installation only
 */
record FunctionKeys(
    LocationKeys location, Optional<TokenKeys> tokens, OriginSecrets origin, ReadAddresses reads) {
  /** Those of the environment, which has them where functions run on one machine. */
  static FunctionKeys of(FunctionSettings settings, InstantSource clock) {
    return new FunctionKeys(
        new LocationKeys(settings.locationKeys()),
        settings
            .accounts()
            .map(keys -> new TokenKeys(keys.token(), new EdgeKeys(keys.edge()), clock)),
        OriginSecrets.NONE,
        new ReadAddresses(List::of));
  }

  /** Those of an installation, which always has accounts. */
  static FunctionKeys of(Supplier<Secrets> secrets, InstantSource clock) {
    var edge = new EdgeKeys(keys(secrets, Purpose.EDGE));
    return new FunctionKeys(
        new LocationKeys(keys(secrets, Purpose.LOCATION)),
        Optional.of(new TokenKeys(keys(secrets, Purpose.TOKEN), edge, clock)),
        new OriginSecrets(Optional.of(keys(secrets, Purpose.ORIGIN))),
        new ReadAddresses(keys(secrets, Purpose.READ)));
  }

  private static Supplier<List<byte[]>> keys(Supplier<Secrets> secrets, Purpose purpose) {
    return () -> secrets.get().keys(purpose);
  }
}
