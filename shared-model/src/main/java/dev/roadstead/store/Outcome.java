package dev.roadstead.store;

import java.util.List;
import java.util.Optional;

/** What became of a write or of a transaction. */
public sealed interface Outcome {

  /**
   * It happened, and survives power loss.
   *
   * @param after the item as it is now, for a single put or update; empty for a delete and for a
   *     transaction
   */
  record Done(Optional<Item> after) implements Outcome {}

  /**
   * A condition did not hold; nothing happened.
   *
   * @param refusals one for each write whose condition did not hold, in the order of the writes
   */
  record Refused(List<Refusal> refusals) implements Outcome {
    public Refused {
      refusals = List.copyOf(refusals);
    }

    /** The refusal of the write on this item, if it was one of those refused. */
    public Optional<Refusal> of(Key key) {
      return refusals.stream().filter(refusal -> refusal.key().equals(key)).findFirst();
    }
  }

  /**
   * Why one write was refused.
   *
   * @param current the item as the condition saw it, if there was one
   */
  record Refusal(Key key, Optional<Item> current) {}
}
