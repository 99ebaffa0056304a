package dev.roadstead.access;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.model.AccountName;
import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Scope;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Decision;
import dev.roadstead.rule.Grant;
import dev.roadstead.rule.Rights;
import java.util.List;
import java.util.Optional;

/**
 * What the bearer of a token may do: what the token is good for, and of that what the grants in it
 * allow. No store is asked.
 */
final class TokenAccess implements Decision {
  /** How many repositories a mount looks through that names none. */
  private static final int MAX_SOURCES = 10;

  private static final Verdict TOO_NARROW = new Verdict.Denied("this token is not good for that");

  private final TokenClaims claims;
  private final Rights rights;

  private TokenAccess(TokenClaims claims, String network) {
    this.claims = claims;
    this.rights = new Rights(claims.grants().stream().map(TokenAccess::grant).toList(), network);
  }

  static Access of(TokenClaims claims, String network) {
    var caller =
        claims.subject().isEmpty()
            ? Caller.anonymous(network)
            : new Caller(claims.subject(), network);
    return new Access(caller, new TokenAccess(claims, network), Optional.of(sources(claims)));
  }

  /** Nobody's blobs are found by trying: only where the client has said that it wants to pull. */
  private static List<RepositoryName> sources(TokenClaims claims) {
    return claims.access().stream()
        .filter(scope -> scope.actions().contains(Scopes.word(Action.PULL)))
        .flatMap(scope -> scope.repository().stream())
        .limit(MAX_SOURCES)
        .toList();
  }

  /** A grant as tokens carry it: with its holder in front. */
  static String text(Grant grant) {
    return grant.holder() + " " + grant.text();
  }

  private static Grant grant(String text) {
    int space = text.indexOf(' ');
    return Grant.parse(new AccountName(text.substring(0, space)), text.substring(space + 1));
  }

  @Override
  public Verdict decide(Question question) {
    return switch (question.action()) {
      case PING -> new Verdict.Allowed(); // whoever has a token has been let in
      case LIST_REPOSITORIES ->
          isGoodFor(Scope.CATALOG.type(), Scope.CATALOG.name(), Scope.ALL)
              ? rights.decide(question)
              : TOO_NARROW;
      case PULL, PUSH, DELETE ->
          question.repository().filter(name -> isGoodFor(name, question)).isPresent()
              ? rights.decide(question)
              : TOO_NARROW;
      case SIGN_IN, ADMINISTER -> TOO_NARROW;
    };
  }

  private boolean isGoodFor(RepositoryName repository, Question question) {
    return isGoodFor(Scope.REPOSITORY, repository.text(), Scopes.word(question.action()));
  }

  private boolean isGoodFor(String type, String name, String action) {
    return claims.access().stream()
        .anyMatch(scope -> scope.isAbout(type, name) && scope.actions().contains(action));
  }
}
