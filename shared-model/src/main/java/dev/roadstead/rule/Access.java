package dev.roadstead.rule;

import dev.roadstead.model.Caller;

/**
 * Who asks, and what they may do.
 *
 * @param decision made with what this caller was granted, and asked before any store is
 */
public record Access(Caller caller, Decision decision) {
  /** Somebody of whom nothing is known yet, and who may do nothing. */
  public static final Access NONE = new Access(Caller.ANONYMOUS, Decision.NOTHING);

  /** Somebody at a registry that is open to everybody. */
  public static final Access OPEN = new Access(Caller.ANONYMOUS, Decision.OPEN);

  /** The operator of a registry on one machine. */
  public static final Access OPERATOR = new Access(Caller.OPERATOR, Decision.EVERYTHING);
}
