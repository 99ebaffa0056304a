package dev.roadstead.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The address of an object in the blob store.
 *
 * @param text components of letters, digits, {@code _}, {@code -}, separated by {@code /}; at most
 *     512 characters. No component can climb out of a folder.
 */
public record ObjectKey(String text) {
  private static final String SUFFIX = ".object";
  private static final Pattern GRAMMAR =
      Pattern.compile("[A-Za-z0-9_-]{1,200}(?:/[A-Za-z0-9_-]{1,200})*+");

  /** Refuses a text outside the grammar with {@link IllegalArgumentException}. */
  public ObjectKey {
    if (text.length() > 512 || !GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("not an object key");
    }
  }

  /** The key one level below this one. */
  public ObjectKey child(String component) {
    return new ObjectKey(text + "/" + component);
  }

  /** Whether this key is below another one, at any depth. */
  public boolean isBelow(ObjectKey parent) {
    return text.startsWith(parent.text + "/");
  }

  /** The last component. */
  public String lastComponent() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /**
   * What the object is called in a bucket: {@code data/ab/u.object}, so that {@code
   * data/ab/u/t1.object} can be beside it on servers that keep objects as files.
   */
  public String objectName() {
    return text + SUFFIX;
  }

  /** The key of an object's name; empty for what nobody here has called so. */
  public static Optional<ObjectKey> ofObjectName(String name) {
    try {
      return name.endsWith(SUFFIX)
          ? Optional.of(new ObjectKey(name.substring(0, name.length() - SUFFIX.length())))
          : Optional.empty();
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
