package dev.roadstead.store;

/** One change that an update makes to an item. */
public sealed interface Change {
  /** The attribute that is changed; an update changes each attribute once. */
  String attribute();

  /** Sets a value, whatever was there. */
  record Put(String attribute, Value value) implements Change {}

  /** Adds to a number; a missing one counts as 0. */
  record Add(String attribute, long delta) implements Change {}

  /** Removes the attribute, if it is there. */
  record Remove(String attribute) implements Change {}

  /** Adds a name to a set; a missing one counts as empty. */
  record Include(String attribute, String name) implements Change {}

  /** Takes a name out of a set, if it is in; the last one takes the attribute with it. */
  record Exclude(String attribute, String name) implements Change {}

  /** Sets a text. */
  static Change put(String attribute, String text) {
    return new Put(attribute, Value.of(text));
  }

  /** Sets a number. */
  static Change put(String attribute, long number) {
    return new Put(attribute, Value.of(number));
  }

  /** Sets bytes. */
  static Change put(String attribute, byte[] bytes) {
    return new Put(attribute, Value.of(bytes));
  }

  /** See {@link Add}. */
  static Change add(String attribute, long delta) {
    return new Add(attribute, delta);
  }

  /** See {@link Remove}. */
  static Change remove(String attribute) {
    return new Remove(attribute);
  }

  /** See {@link Include}. */
  static Change include(String attribute, String name) {
    return new Include(attribute, name);
  }

  /** See {@link Exclude}. */
  static Change exclude(String attribute, String name) {
    return new Exclude(attribute, name);
  }
}
