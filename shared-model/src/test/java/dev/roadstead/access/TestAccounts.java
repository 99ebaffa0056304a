package dev.roadstead.access;

import dev.roadstead.hash.Hmac;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.rule.Authenticator.Visitor;
import dev.roadstead.rule.Grant;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A registry with accounts on stores in memory, with a clock that stands still until it is set. */
final class TestAccounts {
  static final Accounts.Actor OPERATOR = new Accounts.Actor(Caller.OPERATOR, "");
  static final String PASSWORD = "correct horse";
  static final String HERE = "127.0.0.1";

  final FaultPlan faults = new FaultPlan();
  final SecureRandom random = new SecureRandom();
  final Passwords passwords = new Passwords(random);
  Instant now = Instant.ofEpochSecond(1_800_000_000);

  final Environment environment =
      new Environment(
          new FaultyMetadataStore(new InMemoryMetadataStore(), faults),
          new InMemoryBlobStore(),
          () -> now,
          UUID::randomUUID,
          RegistrySettings.DEFAULTS);
  final Accounts accounts = new Accounts(environment, passwords, random);
  final EdgeKeys edgeKeys = new EdgeKeys(List.of(key(2)));
  final TokenKeys keys = new TokenKeys(List.of(key(1)), edgeKeys, () -> now);
  final TokenService tokens = new TokenService(environment, accounts, passwords, keys);
  final AccountAuthenticator authenticator =
      new AccountAuthenticator(environment, accounts, passwords, keys, Optional.empty(), random);

  static byte[] key(int filling) {
    var key = new byte[Hmac.BYTES];
    Arrays.fill(key, (byte) filling);
    return key;
  }

  static AccountName name(String text) {
    return new AccountName(text);
  }

  void user(String name, String... grants) {
    accounts.addUser(name(name), PASSWORD, OPERATOR);
    for (var grant : grants) {
      accounts.grant(Grant.parse(name(name), grant), OPERATOR);
    }
  }

  void pass(Duration span) {
    now = now.plus(span);
  }

  static Visitor basic(String name, String password) {
    var both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new Visitor(Optional.of("Basic " + Base64.getEncoder().encodeToString(both)), HERE);
  }

  static Visitor bearer(String token) {
    return new Visitor(Optional.of("Bearer " + token), HERE);
  }
}
