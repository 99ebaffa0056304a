package dev.roadstead.endpoints.jobs;

import dev.roadstead.access.Accounts;
import dev.roadstead.access.Accounts.Actor;
import dev.roadstead.access.Passwords;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;

/**
 * The job {@code set-administrator}: makes the first administrator of an installation, with a
 * password that is made here and kept as a hash only. Whoever calls it sees it once. Called again,
 * it gives a new one, and the old one ends: also when nobody has seen the first.
 */
public final class SetAdministrator {
  /** The administrator's name. */
  public static final AccountName NAME = new AccountName("admin");

  private static final Actor OPERATOR = new Actor(Caller.OPERATOR, "");

  private final Accounts accounts;
  private final Passwords passwords;

  /** Sets the administrator of these accounts. */
  public SetAdministrator(Accounts accounts, Passwords passwords) {
    this.accounts = accounts;
    this.passwords = passwords;
  }

  /** The password that holds from now on. */
  public String run() {
    var password = passwords.make();
    if (!accounts.addAdministrator(NAME, password, OPERATOR)) {
      accounts.setPassword(NAME, password, OPERATOR);
    }
    return password;
  }
}
