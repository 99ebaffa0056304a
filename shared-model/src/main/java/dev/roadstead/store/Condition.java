package dev.roadstead.store;

import java.util.List;

/**
 * What must hold of an item for a write to happen: one tree, evaluated by every interpreter inside
 * the transaction that writes. An attribute of an absent item is missing.
 */
public sealed interface Condition {

  /** Holds always. */
  Condition NONE = new All(List.of());

  /** The item exists. */
  static Condition exists() {
    return new Exists();
  }

  /** There is no such item. */
  static Condition absent() {
    return new Absent();
  }

  /** The attribute is there and has this value. */
  static Condition is(String attribute, Value value) {
    return new Is(attribute, value);
  }

  /** The attribute is there and has this text. */
  static Condition is(String attribute, String text) {
    return new Is(attribute, Value.of(text));
  }

  /** The attribute is there and has this number. */
  static Condition is(String attribute, long number) {
    return new Is(attribute, Value.of(number));
  }

  /** The attribute is a number greater than this one. */
  static Condition above(String attribute, long number) {
    return new Above(attribute, number);
  }

  /** The attribute is there. */
  static Condition has(String attribute) {
    return new Has(attribute);
  }

  /** The attribute is missing. */
  static Condition lacks(String attribute) {
    return new Lacks(attribute);
  }

  /** All of these hold. */
  static Condition all(Condition... conditions) {
    return new All(List.of(conditions));
  }

  /** At least one of these holds. */
  static Condition any(Condition... conditions) {
    return new Any(List.of(conditions));
  }

  /** See {@link #exists()}. */
  record Exists() implements Condition {}

  /** See {@link #absent()}. */
  record Absent() implements Condition {}

  /** See {@link #is(String, Value)}. */
  record Is(String attribute, Value value) implements Condition {}

  /** See {@link #above(String, long)}. */
  record Above(String attribute, long number) implements Condition {}

  /** See {@link #has(String)}. */
  record Has(String attribute) implements Condition {}

  /** See {@link #lacks(String)}. */
  record Lacks(String attribute) implements Condition {}

  /** Every one of several; holds for none. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** One of several; does not hold for none. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }
}
