package dev.roadstead.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A record in the metadata store: a key and named values. Immutable.
 *
 * @param attributes by name
 */
public record Item(Key key, Map<String, Value> attributes) {
  /**
   * The largest item, in bytes of names and values: DynamoDB's limit, less the two names of two
   * letters that the halves of the key have there.
   */
  public static final int MAX_SIZE_BYTES = 400 * 1024 - 4;

  /** Refuses an item over {@link #MAX_SIZE_BYTES} with {@link IllegalArgumentException}. */
  public Item {
    attributes = Map.copyOf(attributes);
    int size = sizeBytes(key, attributes);
    if (size > MAX_SIZE_BYTES) {
      throw new IllegalArgumentException(
          "an item holds at most " + MAX_SIZE_BYTES + " bytes, " + key + " has " + size);
    }
  }

  /** Starts an item. */
  public static Builder at(Key key) {
    return new Builder(key);
  }

  /** Bytes of key, names and values, as DynamoDB counts them. */
  public int sizeBytes() {
    return sizeBytes(key, attributes);
  }

  private static int sizeBytes(Key key, Map<String, Value> attributes) {
    int size = utf8Length(key.partition()) + utf8Length(key.sort());
    for (var entry : attributes.entrySet()) {
      size += utf8Length(entry.getKey()) + entry.getValue().sizeBytes();
    }
    return size;
  }

  static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return text.getBytes(StandardCharsets.UTF_8).length;
      }
      bytes++;
    }
    return bytes;
  }

  /** Whether the attribute is there. */
  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** A text that this kind of item always has. */
  public String text(String attribute) {
    return textIfAny(attribute).orElseThrow(() -> lacks(attribute));
  }

  /** A text that may be missing. */
  public Optional<String> textIfAny(String attribute) {
    return attributes.get(attribute) instanceof Value.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** A number that this kind of item always has. */
  public long number(String attribute) {
    return numberIfAny(attribute).orElseThrow(() -> lacks(attribute));
  }

  /** A number that may be missing. */
  public OptionalLong numberIfAny(String attribute) {
    return attributes.get(attribute) instanceof Value.Whole(long number)
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /** Bytes that may be missing. */
  public Optional<byte[]> bytesIfAny(String attribute) {
    return attributes.get(attribute) instanceof Value.Bytes(byte[] bytes)
        ? Optional.of(bytes)
        : Optional.empty();
  }

  /** A set of names; empty when the attribute is missing. */
  public SortedSet<String> names(String attribute) {
    return attributes.get(attribute) instanceof Value.Names(SortedSet<String> names)
        ? names
        : new TreeSet<>();
  }

  private IllegalStateException lacks(String attribute) {
    return new IllegalStateException("the item " + key + " has no usable attribute " + attribute);
  }

  /** Collects attributes; for one thread. */
  public static final class Builder {
    private final Key key;
    private final Map<String, Value> attributes = new TreeMap<>();

    private Builder(Key key) {
      this.key = key;
    }

    /** Sets a text. */
    public Builder with(String attribute, String text) {
      return with(attribute, Value.of(text));
    }

    /** Sets a number. */
    public Builder with(String attribute, long number) {
      return with(attribute, Value.of(number));
    }

    /** Sets a value. */
    public Builder with(String attribute, Value value) {
      attributes.put(attribute, value);
      return this;
    }

    /** The item. */
    public Item build() {
      return new Item(key, attributes);
    }
  }
}
