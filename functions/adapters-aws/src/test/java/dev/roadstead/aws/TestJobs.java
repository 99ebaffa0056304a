package dev.roadstead.aws;

import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.access.TokenService;
import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Scope;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.PullBatch;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.rule.Grant;
import dev.roadstead.secret.KeyExchange;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a registry does that no push and no pull asks for: jobs, keys and tokens. */
final class TestJobs {
  private static final AccountName ROBOT = new AccountName("robot");
  private static final String HERE = "127.0.0.1";
  private static final Accounts.Actor OPERATOR = new Accounts.Actor(Caller.OPERATOR, HERE);

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();
  private final Environment environment;
  private final Accounts accounts;
  private final Passwords passwords = new Passwords(random);
  private final KeyExchange exchange;
  private final String secret;

  /** On these stores; keys and a robot are made at once. */
  TestJobs(AwsStores stores, MetadataStore metadata) {
    environment =
        new Environment(
            metadata, stores.blobs(), clock, UUID::randomUUID, RegistrySettings.DEFAULTS);
    accounts = new Accounts(environment, passwords, random);
    exchange = new KeyExchange(new SecretTable(metadata), random, clock);
    exchange.run();
    secret = accounts.addRobot(ROBOT, Optional.empty(), OPERATOR);
    accounts.grant(Grant.parse(ROBOT, "allow reader team/* * -"), OPERATOR);
  }

  /** The job {@code blob-created}. */
  void arrived(TestClient client, byte[] blob, ObjectKey object) {
    new Claims(environment).arrived(client.repository(), Digest.sha256(blob), object);
  }

  /** The job {@code count-pulls}, for a batch of pulls of one manifest. */
  void countPulls(TestClient client) {
    long today = clock.instant().getEpochSecond() / Duration.ofDays(1).toSeconds();
    var count = new PullCount(today, client.repository(), Digest.sha256(new byte[0]), 1);
    new Pulls(environment).add(new PullBatch(UUID.randomUUID(), List.of(count)));
  }

  /** The job {@code run-collector}. */
  void collect() {
    new Collector(environment).run();
  }

  /** What the job {@code update-edge} reads to tell the edge, and to see that keys are young. */
  void updateEdge() {
    var _ = exchange.table().read();
    var _ = accounts.find(AccountName.ANONYMOUS);
    exchange.run();
  }

  /** As every process of a function does once an hour. */
  void readKeys() {
    var _ = exchange.table().read();
  }

  /** A token for a pull. */
  void issueToken() {
    var keys =
        new TokenKeys(
            List.of(new byte[Hmac.BYTES]), new EdgeKeys(List.of(new byte[Hmac.BYTES])), clock);
    var scopes = Scope.parse(List.of("repository:team/app:pull"));
    var _ =
        new TokenService(environment, accounts, passwords, keys)
            .issue(new Proof.Password(ROBOT.text(), secret), scopes, false, HERE);
  }
}
