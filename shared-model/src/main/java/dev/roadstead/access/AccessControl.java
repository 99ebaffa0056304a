package dev.roadstead.access;

import dev.roadstead.rule.Authenticator;
import java.util.Optional;

/**
 * How a registry tells callers apart.
 *
 * @param authenticator asked at every request
 * @param accounts may be prepared before they are asked for
 * @param tokens where accounts are asked for
 * @param auditsRefusals whether refusals become entries of the audit log where they happen, and not
 *     from their lines in the log: functions that only read may not write those
 */
public record AccessControl(
    Authenticator authenticator,
    Accounts accounts,
    Optional<TokenService> tokens,
    boolean auditsRefusals) {

  /** With refusals as lines in the log. */
  public AccessControl(
      Authenticator authenticator, Accounts accounts, Optional<TokenService> tokens) {
    this(authenticator, accounts, tokens, false);
  }

  /** The same with refusals in the audit log. */
  public AccessControl auditingRefusals() {
    return new AccessControl(authenticator, accounts, tokens, true);
  }
}
