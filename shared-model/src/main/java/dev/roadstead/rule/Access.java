package dev.roadstead.rule;

import dev.roadstead.model.Caller;
import dev.roadstead.model.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * Who asks, and what they may do.
 *
 * @param decision made with what this caller was granted, and asked before any store is
 * @param sources where a mount looks for its blob that names no repository, as far as the decision
 *     allows it; empty for everywhere, where everybody may pull everything
 */
public record Access(Caller caller, Decision decision, Optional<List<RepositoryName>> sources) {
  /** Somebody of whom nothing is known yet, and who may do nothing. */
  public static final Access NONE = new Access(Caller.ANONYMOUS, Decision.NOTHING);

  /** Somebody at a registry that is open to everybody. */
  public static final Access OPEN = new Access(Caller.ANONYMOUS, Decision.OPEN, Optional.empty());

  /** The operator of a registry on one machine. */
  public static final Access OPERATOR =
      new Access(Caller.OPERATOR, Decision.EVERYTHING, Optional.empty());

  /** Copies the list. */
  public Access {
    sources = sources.map(List::copyOf);
  }

  /** Somebody whose mounts name the repository they are from. */
  public Access(Caller caller, Decision decision) {
    this(caller, decision, Optional.of(List.of()));
  }
}
