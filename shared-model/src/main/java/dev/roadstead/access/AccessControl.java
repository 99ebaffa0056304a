package dev.roadstead.access;

import dev.roadstead.rule.Authenticator;
import java.util.Optional;

/**
 * How a registry tells callers apart.
 *
 * @param authenticator asked at every request
 * @param accounts may be prepared before they are asked for
 * @param tokens where accounts are asked for
 * @param limits how many requests somebody may make
 * @param auditsRefusals whether refusals are entries in the audit log, and not in the log alone:
 *     functions that only read may not write those
 */
public record AccessControl(
    Authenticator authenticator,
    Accounts accounts,
    Optional<TokenService> tokens,
    RateLimits limits,
    boolean auditsRefusals) {

  /** Without a limit for requests, and with refusals in the log alone. */
  public AccessControl(
      Authenticator authenticator, Accounts accounts, Optional<TokenService> tokens) {
    this(authenticator, accounts, tokens, RateLimits.none(), false);
  }

  /** The same with these limits. */
  public AccessControl with(RateLimits others) {
    return new AccessControl(authenticator, accounts, tokens, others, auditsRefusals);
  }

  /** The same with refusals in the audit log. */
  public AccessControl auditingRefusals() {
    return new AccessControl(authenticator, accounts, tokens, limits, true);
  }
}
