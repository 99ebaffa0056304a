package dev.roadstead.access;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.AccountName;
import dev.roadstead.registry.Environment;
import java.util.Optional;

/** Checks names and secrets. What is wrong is never said: not whether there is such an account. */
final class Logins {
  private final Accounts accounts;
  private final Passwords passwords;
  private final FailedLogins failures;
  private final Environment environment;

  Logins(Accounts accounts, Passwords passwords, Environment environment) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.failures = new FailedLogins(environment);
    this.environment = environment;
  }

  /**
   * The account with this name and secret.
   *
   * @throws RegistryException {@code UNAUTHORIZED}, or {@code TOO_MANY_REQUESTS} after many
   *     failures
   */
  Account login(String name, String secret, String network) {
    var account = named(name).flatMap(accounts::find);
    var counted = account.map(found -> found.name().text()).orElse("unknown");
    boolean failedBefore = failures.check(counted, network);
    if (account.isEmpty() || !matches(account.get(), secret)) {
      if (account.filter(found -> found.kind() == Account.Kind.USER).isEmpty()) {
        passwords.pretend(secret);
      }
      failures.count(counted, network);
      throw refusal();
    }
    if (!account.get().isAlive(environment.nowSeconds())) {
      throw refusal();
    }
    if (failedBefore) {
      failures.forget(counted, network);
    }
    return account.get();
  }

  /** The account behind a refresh token, if it still has the secret that the token stands on. */
  Account refreshed(String name, String fingerprint) {
    return named(name)
        .flatMap(accounts::find)
        .filter(account -> account.isAlive(environment.nowSeconds()))
        .filter(account -> !fingerprint.isEmpty() && account.fingerprint().equals(fingerprint))
        .orElseThrow(Logins::refusal);
  }

  private static Optional<AccountName> named(String name) {
    try {
      return Optional.of(new AccountName(name));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  private boolean matches(Account account, String secret) {
    return switch (account.kind()) {
      case USER -> passwords.matches(secret, account.secrets().getFirst().hash());
      case ROBOT ->
          account.secrets().stream()
              .filter(
                  kept ->
                      kept.untilSeconds().map(end -> environment.nowSeconds() < end).orElse(true))
              .anyMatch(kept -> RobotSecret.matches(account.name().text(), secret, kept.hash()));
      case GROUP, ANONYMOUS -> false;
    };
  }

  static RegistryException refusal() {
    return ErrorCode.UNAUTHORIZED.about("the user or the password is wrong");
  }
}
