package dev.roadstead.access;

import dev.roadstead.document.TokenClaims.Use;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Environment;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Authenticator;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Grant.Effect;
import dev.roadstead.rule.Rights;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Finds out who asks, where there are accounts: by token, which takes no store; by name and secret,
 * which takes one login in a token's life; or not at all, which leaves what everybody may.
 */
public final class AccountAuthenticator implements Authenticator {
  /** How many logins one process remembers; then it forgets them all. */
  private static final int MAX_REMEMBERED = 1_000;

  /** How long the rights of anonymous are believed. */
  private static final long ANONYMOUS_SECONDS = 10;

  private final Environment environment;
  private final Accounts accounts;
  private final Logins logins;
  private final TokenKeys keys;
  private final Optional<OperatorToken> operator;
  private final byte[] rememberedBy = new byte[Hmac.BYTES];
  private final Map<String, Known> remembered = new ConcurrentHashMap<>();
  private volatile Known anonymous = new Known(AccountName.ANONYMOUS, List.of(), Long.MIN_VALUE);

  private record Known(AccountName name, List<Grant> grants, long untilSeconds) {}

  /**
   * For these accounts.
   *
   * @param operator of a registry on one machine
   */
  public AccountAuthenticator(
      Environment environment,
      Accounts accounts,
      Passwords passwords,
      TokenKeys keys,
      Optional<OperatorToken> operator,
      RandomGenerator random) {
    this.environment = environment;
    this.accounts = accounts;
    this.logins = new Logins(accounts, passwords, environment);
    this.keys = keys;
    this.operator = operator;
    random.nextBytes(rememberedBy);
  }

  @Override
  public Access authenticate(Visitor visitor) {
    if (visitor.authorization().isEmpty()) {
      return new Access(
          Caller.anonymous(visitor.network()), new Rights(anonymousGrants(), visitor.network()));
    }
    if (operator.filter(token -> token.isShownBy(visitor)).isPresent()) {
      return Access.OPERATOR;
    }
    var header = visitor.authorization().get();
    int space = header.indexOf(' ');
    var shown = header.substring(space + 1).strip();
    return switch (header.substring(0, Math.max(space, 0)).toLowerCase(Locale.ROOT)) {
      case "bearer" ->
          keys.verify(shown, Use.ACCESS)
              .map(claims -> TokenAccess.of(claims, visitor.network()))
              .orElseThrow(
                  () -> ErrorCode.UNAUTHORIZED.about("this token is none, or has expired"));
      case "basic" -> basic(shown, visitor.network());
      default -> throw ErrorCode.UNAUTHORIZED.raise();
    };
  }

  /** Name and password as Basic has them (RFC 7617); empty when they are malformed. */
  public static Optional<TokenService.Proof.Password> password(String encoded) {
    try {
      var both = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = both.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new TokenService.Proof.Password(both.substring(0, colon), both.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Access basic(String encoded, String network) {
    var proof = password(encoded).orElseThrow(Logins::refusal);
    var code = Hmac.sha256(rememberedBy, encoded.getBytes(StandardCharsets.UTF_8));
    var id = Base64.getEncoder().encodeToString(code);
    long now = environment.nowSeconds();
    var known = Optional.ofNullable(remembered.get(id)).filter(each -> each.untilSeconds() > now);
    var found = known.orElseGet(() -> login(id, proof, network, now));
    return new Access(
        new Caller(found.name().text(), network), new Rights(found.grants(), network));
  }

  private Known login(String id, TokenService.Proof.Password proof, String network, long now) {
    var account = logins.login(proof.name(), proof.password(), network);
    long until = now + TokenService.TOKEN_LIFE.toSeconds();
    var known = new Known(account.name(), accounts.grantsOf(account), until);
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.put(id, known);
    return known;
  }

  private List<Grant> anonymousGrants() {
    long now = environment.nowSeconds();
    var known = anonymous;
    if (known.untilSeconds() <= now) {
      var grants = accounts.find(AccountName.ANONYMOUS).map(Account::grants).orElse(List.of());
      known = new Known(AccountName.ANONYMOUS, grants, now + ANONYMOUS_SECONDS);
      anonymous = known;
    }
    return known.grants();
  }

  /** Whether anonymous may pull something of a repository: what the edge asks. */
  public boolean anonymousMayPull(RepositoryName repository) {
    return anonymousGrants().stream()
        .anyMatch(
            grant ->
                grant.effect() == Effect.ALLOW && grant.repositories().matches(repository.text()));
  }
}
