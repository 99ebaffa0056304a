package dev.roadstead.access;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.document.TokenClaims.Use;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Scope;
import dev.roadstead.registry.Environment;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Rights;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Gives tokens to whoever shows who they are, for what they may do of what they ask for. */
public final class TokenService {
  /** How long a token is good: what a disabled account can still do. */
  public static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

  /** How long a login lasts that docker has stored instead of the password. */
  public static final Duration REFRESH_LIFE = Duration.ofDays(30);

  /** How much of its rights one token may carry, in characters. */
  private static final int MAX_GRANTS_LENGTH = 8 * 1024;

  private final Environment environment;
  private final Accounts accounts;
  private final Logins logins;
  private final TokenKeys keys;

  /** A service for these accounts. */
  public TokenService(
      Environment environment, Accounts accounts, Passwords passwords, TokenKeys keys) {
    this.environment = environment;
    this.accounts = accounts;
    this.logins = new Logins(accounts, passwords, environment);
    this.keys = keys;
  }

  /** How somebody shows who they are. */
  public sealed interface Proof {
    /** Not at all. */
    record None() implements Proof {}

    /** With a name and a password, or a robot's secret. */
    record Password(String name, String password) implements Proof {
      /** The name alone. */
      @Override
      public String toString() {
        return "Password[name=" + name + "]";
      }
    }

    /** With what an earlier login has left behind. */
    record Refresh(String token) implements Proof {
      /** Nothing of the token. */
      @Override
      public String toString() {
        return "Refresh";
      }
    }
  }

  /**
   * A token.
   *
   * @param refreshToken if one was asked for
   */
  public record Issued(
      String token,
      Optional<String> refreshToken,
      long issuedAtSeconds,
      long lifeSeconds,
      List<Scope> scopes) {
    /** Nothing of the tokens. */
    @Override
    public String toString() {
      return "Issued[scopes=" + scopes + "]";
    }
  }

  /**
   * Gives a token.
   *
   * @param network the address that asks
   * @param offline whether a refresh token is wanted
   * @throws RegistryException {@code UNAUTHORIZED} for a wrong proof, or for none where nothing is
   *     asked for, which is how {@code docker login} looks whether a login is needed
   */
  public Issued issue(Proof proof, List<Scope> asked, boolean offline, String network) {
    return switch (proof) {
      case Proof.None() -> anonymous(asked, network);
      case Proof.Password(String name, String password) ->
          known(logins.login(name, password, network), asked, offline, network);
      case Proof.Refresh(String token) -> {
        var claims = keys.verify(token, Use.REFRESH).orElseThrow(Logins::refusal);
        var account = logins.refreshed(claims.subject(), claims.proof());
        yield known(account, asked, offline, network);
      }
    };
  }

  private Issued anonymous(List<Scope> asked, String network) {
    if (asked.isEmpty()) {
      throw ErrorCode.UNAUTHORIZED.raise();
    }
    var grants = accounts.find(AccountName.ANONYMOUS).map(Account::grants).orElse(List.of());
    return issued("", Caller.ANONYMOUS, grants, asked, network);
  }

  private Issued known(Account account, List<Scope> asked, boolean offline, String network) {
    var name = account.name().text();
    var grants = accounts.grantsOf(account);
    var issued = issued(name, new Caller(name), grants, asked, network);
    return offline
        ? new Issued(
            issued.token(),
            Optional.of(refreshToken(account)),
            issued.issuedAtSeconds(),
            issued.lifeSeconds(),
            issued.scopes())
        : issued;
  }

  private Issued issued(
      String subject, Caller caller, List<Grant> grants, List<Scope> asked, String network) {
    var scopes = Scopes.granted(caller, new Rights(grants, network), asked);
    var carried = Scopes.relevant(grants, scopes).stream().map(TokenAccess::text).toList();
    if (carried.stream().mapToInt(String::length).sum() > MAX_GRANTS_LENGTH) {
      throw ErrorCode.REQUEST_INVALID.about(
          "this account has more rights than a token can carry; merge them, or use Basic");
    }
    long now = environment.nowSeconds();
    var claims = claims(Use.ACCESS, subject, now, TOKEN_LIFE, scopes, carried, "");
    return new Issued(keys.sign(claims), Optional.empty(), now, TOKEN_LIFE.toSeconds(), scopes);
  }

  private String refreshToken(Account account) {
    long now = environment.nowSeconds();
    return keys.sign(
        claims(
            Use.REFRESH,
            account.name().text(),
            now,
            REFRESH_LIFE,
            List.of(),
            List.of(),
            account.fingerprint()));
  }

  private TokenClaims claims(
      Use use,
      String subject,
      long now,
      Duration life,
      List<Scope> scopes,
      List<String> grants,
      String proof) {
    return new TokenClaims(
        use,
        subject,
        EdgeGate.SERVICE,
        now,
        now + life.toSeconds(),
        environment.ids().next().toString(),
        scopes,
        grants,
        proof);
  }
}
