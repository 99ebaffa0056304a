package dev.roadstead.lambda;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.OpenRegistry;
import dev.roadstead.access.OperatorToken;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.access.TokenService;
import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.aws.RelaySettings;
import dev.roadstead.endpoints.Endpoints;
import dev.roadstead.endpoints.FunctionKeys;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.endpoints.FunctionSettings.Installation;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RelayPresence;
import dev.roadstead.registry.RelayWake;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import dev.roadstead.store.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a function is made of. Making it calls nothing and opens nothing.
 *
 * @param task which function it is
 * @param random the environment's identities come from it too
 * @param sleepingRelay how the relay is woken, where the function is told of one
 */
record Wiring(
    Task task,
    Environment environment,
    FunctionKeys keys,
    SnapshotRandom random,
    Optional<RelayWake> sleepingRelay,
    Cloud cloud) {
  /** What begins like ours and is not known is a mistake that nobody would notice. */
  private static final String OURS = "ROADSTEAD_";

  /** The only folder that a function may write to. */
  private static final Path STAGING = Path.of("/tmp");

  /** On DynamoDB and S3, as the process's environment says. */
  static Wiring ofProcess() {
    return of(System.getenv());
  }

  /**
   * On DynamoDB and S3.
   *
   * @throws IllegalArgumentException when a setting is wrong, missing or unknown
   */
  static Wiring of(Map<String, String> variables) {
    refuseUnknown(variables);
    var settings = FunctionSettings.of(variables);
    var clock = InstantSource.system();
    var random = new SnapshotRandom(Wiring::seeded);
    var stores =
        new AwsStores(
            AwsSettings.of(variables), new AwsStores.Surroundings(clock, random, random, STAGING));
    var cloud = Cloud.of(stores, settings.installation());
    var keys = FunctionKeys.of(settings, stores::table, clock);
    BlobStore blobs =
        settings.installation().filter(Installation::readsThroughCdn).isPresent()
            ? new CdnReads(stores.blobs(), keys.reads(), clock)
            : stores.blobs();
    var environment = new Environment(stores.metadata(), blobs, clock, random, settings.registry());
    var presence = new RelayPresence(stores.metadata(), clock);
    var sleepingRelay =
        RelaySettings.of(variables)
            .map(relay -> new RelayWake(presence, stores.relayMachine(relay), clock));
    return new Wiring(settings.function(), environment, keys, random, sleepingRelay, cloud);
  }

  private static void refuseUnknown(Map<String, String> variables) {
    var unknown = new TreeSet<>(variables.keySet());
    unknown.removeIf(name -> !name.startsWith(OURS));
    unknown.removeAll(FunctionSettings.VARIABLES);
    unknown.removeAll(AwsSettings.VARIABLES);
    unknown.removeAll(RelaySettings.VARIABLES);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown settings: " + String.join(", ", unknown));
    }
  }

  /** Not the JVM's usual generator: all of those share a buffer, which a snapshot would copy. */
  private static SecureRandom seeded() {
    try {
      return SecureRandom.getInstance("DRBG");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java runtime has a DRBG", missing);
    }
  }

  /** What answers the events. */
  Function<InputStream, byte[]> handler() {
    return switch (task) {
      case Operation operation -> handler(operation, access());
      case Job job -> JobHandler.of(job, environment, cloud, random);
    };
  }

  private FunctionHandler handler(Operation operation, AccessControl access) {
    // Nothing goes on beside a function's answer: what takes long takes the function's time.
    var endpoints =
        new Endpoints(environment, keys.location(), access, Runnable::run, sleepingRelay);
    return new FunctionHandler(operation, endpoints.of(operation), origin(), random);
  }

  private OriginSecrets origin() {
    return new OriginSecrets(keys.origin());
  }

  private AccessControl access() {
    var passwords = new Passwords(random);
    var accounts = new Accounts(environment, passwords, random);
    return keys.tokens()
        .map(tokenKeys -> withAccounts(tokenKeys, accounts, passwords))
        .orElseGet(() -> open(accounts));
  }

  private AccessControl withAccounts(TokenKeys tokenKeys, Accounts accounts, Passwords passwords) {
    return new AccessControl(
        new AccountAuthenticator(
            environment, accounts, passwords, tokenKeys, Optional.empty(), random),
        accounts,
        Optional.of(new TokenService(environment, accounts, passwords, tokenKeys)));
  }

  /** Open to everybody. Administration is not: nobody knows the token. */
  private static AccessControl open(Accounts accounts) {
    return new AccessControl(
        new OpenRegistry(OperatorToken.make(seeded())), accounts, Optional.empty());
  }

  /** What the handler does before a snapshot and after it. */
  Priming priming(Function<InputStream, byte[]> handler) {
    Runnable walk =
        switch (task) {
          case Operation operation -> {
            // Where there are accounts a stranger comes no further than the door.
            var inside =
                handler(operation, open(new Accounts(environment, new Passwords(random), random)));
            yield () -> {
              var event = PrimingEvent.of(operation, keys.location(), origin());
              var _ = handler.apply(new ByteArrayInputStream(event));
              if (keys.tokens().isPresent()) {
                var _ = inside.apply(new ByteArrayInputStream(event));
              }
            };
          }
          case Job job -> () -> {}; // nobody waits for it
        };
    return new Priming(task, walk, environment, random, cloud::leavingNoConnection);
  }
}
