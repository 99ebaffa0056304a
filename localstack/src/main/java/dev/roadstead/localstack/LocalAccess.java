package dev.roadstead.localstack;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.OpenRegistry;
import dev.roadstead.access.OperatorToken;
import dev.roadstead.access.Passwords;
import dev.roadstead.access.TokenKeys;
import dev.roadstead.access.TokenService;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.endpoints.FunctionSettings.AccountKeys;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.registry.Environment;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeKeys;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Who may come in.
 *
 * @param gate what the edge does; empty for a registry that is open to everybody
 * @param keys what functions need that run elsewhere; empty likewise
 */
record LocalAccess(AccessControl control, Optional<EdgeGate> gate, Optional<AccountKeys> keys) {
  private static final AccountName ADMINISTRATOR = new AccountName("admin");

  /** Whom these options let in. */
  static LocalAccess of(
      LocalOptions options,
      DataFolder folder,
      Environment environment,
      OperatorToken operator,
      SecureRandom random) {
    return options.administrator().isPresent()
        ? withAccounts(folder, environment, operator, random)
        : open(environment, operator, random);
  }

  /** Everybody. */
  private static LocalAccess open(
      Environment environment, OperatorToken operator, SecureRandom random) {
    var accounts = new Accounts(environment, new Passwords(random), random);
    return new LocalAccess(
        new AccessControl(new OpenRegistry(operator), accounts, Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  /** Whoever has an account, and for the rest whoever was granted something. */
  private static LocalAccess withAccounts(
      DataFolder folder, Environment environment, OperatorToken operator, SecureRandom random) {
    var passwords = new Passwords(random);
    var accounts = new Accounts(environment, passwords, random);
    var keys = new AccountKeys(folder.secrets(Secret.TOKENS), folder.secrets(Secret.EDGE));
    var edgeKeys = new EdgeKeys(keys.edge());
    var tokenKeys = new TokenKeys(keys.token(), edgeKeys, environment.clock());
    var authenticator =
        new AccountAuthenticator(
            environment, accounts, passwords, tokenKeys, Optional.of(operator), random);
    var tokens = new TokenService(environment, accounts, passwords, tokenKeys);
    return new LocalAccess(
        new AccessControl(authenticator, accounts, Optional.of(tokens)).auditingRefusals(),
        Optional.of(new EdgeGate(edgeKeys, authenticator::anonymousMayPull, environment.clock())),
        Optional.of(keys));
  }

  /**
   * Makes the first administrator with this password, unless there is one; tells whether it did.
   */
  boolean addAdministrator(String password) {
    var operator = new Accounts.Actor(Caller.OPERATOR, "");
    return control.accounts().addAdministrator(ADMINISTRATOR, password, operator);
  }
}
