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
 */
public record AccessControl(
    Authenticator authenticator,
    Accounts accounts,
    Optional<TokenService> tokens,
    RateLimits limits) {

  /** Without a limit for requests. */
  public AccessControl(
      Authenticator authenticator, Accounts accounts, Optional<TokenService> tokens) {
    this(authenticator, accounts, tokens, RateLimits.none());
  }

  /** The same with these limits. */
  public AccessControl with(RateLimits others) {
    return new AccessControl(authenticator, accounts, tokens, others);
  }
}
