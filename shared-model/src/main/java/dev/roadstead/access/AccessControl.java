package dev.roadstead.access;

import dev.roadstead.rule.Authenticator;
import java.util.Optional;

/**
 * How a registry tells callers apart.
 *
 * @param authenticator asked at every request
 * @param accounts may be prepared before they are asked for
 * @param tokens where accounts are asked for
 */
public record AccessControl(
    Authenticator authenticator, Accounts accounts, Optional<TokenService> tokens) {}
