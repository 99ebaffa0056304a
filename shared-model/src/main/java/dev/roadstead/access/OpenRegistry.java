package dev.roadstead.access;

import dev.roadstead.rule.Access;
import dev.roadstead.rule.Authenticator;

/** A registry without accounts: everybody may push and pull, and the operator administer. */
public final class OpenRegistry implements Authenticator {
  private final OperatorToken operator;

  /** Open to everybody, and administered by whoever has this token. */
  public OpenRegistry(OperatorToken operator) {
    this.operator = operator;
  }

  /** Never refuses: what a client shows that is not the token counts as nothing. */
  @Override
  public Access authenticate(Visitor visitor) {
    return operator.isShownBy(visitor) ? Access.OPERATOR : Access.OPEN;
  }
}
