package dev.roadstead.store;

import java.util.HashSet;
import java.util.List;

/** One conditional action on one item. */
public sealed interface Write {
  /** The item it is about. */
  Key key();

  /** What must hold for it. */
  Condition condition();

  /** Stores the whole item. */
  record Put(Item item, Condition condition) implements Write {
    @Override
    public Key key() {
      return item.key();
    }
  }

  /**
   * Changes some attributes of an item that exists: the interpreters add that condition, so that no
   * update brings a deleted item back as a ghost.
   */
  record Update(Key key, List<Change> changes, Condition condition) implements Write {
    /**
     * Refuses no change at all, and two of one attribute, with {@link IllegalArgumentException}.
     */
    public Update {
      changes = List.copyOf(changes);
      var attributes = new HashSet<String>();
      for (var change : changes) {
        if (!attributes.add(change.attribute())) {
          throw new IllegalArgumentException("changed twice: " + change.attribute());
        }
      }
      if (changes.isEmpty()) {
        throw new IllegalArgumentException("an update changes something");
      }
      condition = Condition.all(Condition.exists(), condition);
    }
  }

  /** Removes the item. */
  record Delete(Key key, Condition condition) implements Write {}

  /** Writes nothing; makes a transaction depend on an item. Only inside a transaction. */
  record Check(Key key, Condition condition) implements Write {}

  /** Stores an item where there was none. */
  static Put create(Item item) {
    return new Put(item, Condition.absent());
  }
}
