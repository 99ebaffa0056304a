package dev.roadstead.store;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The value of an attribute: the four kinds every interpreter of the algebra has. */
public sealed interface Value {

  /** What the value counts towards the size of its item, in bytes. */
  int sizeBytes();

  /** A text. */
  static Value of(String text) {
    return new Text(text);
  }

  /** A whole number. */
  static Value of(long number) {
    return new Whole(number);
  }

  /** Bytes; the array is copied. */
  static Value of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Text of any length. */
  record Text(String text) implements Value {
    @Override
    public int sizeBytes() {
      return Item.utf8Length(text);
    }
  }

  /** A 64-bit number. */
  record Whole(long number) implements Value {
    @Override
    public int sizeBytes() {
      return 21; // what DynamoDB counts at most for 20 digits and a sign
    }
  }

  /** Bytes that nobody can change. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content below, copied in and out
  record Bytes(byte[] bytes) implements Value {
    public Bytes {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public int sizeBytes() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Bytes[" + bytes.length + "]";
    }
  }

  /** A set of names; never empty in a store, because DynamoDB has no empty set. */
  record Names(SortedSet<String> names) implements Value {
    public Names {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("an empty set is no value; remove the attribute");
      }
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    @Override
    public int sizeBytes() {
      return names.stream().mapToInt(Item::utf8Length).sum();
    }
  }
}
