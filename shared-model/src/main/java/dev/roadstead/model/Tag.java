package dev.roadstead.model;

import java.util.regex.Pattern;

/**
 * The name of a manifest inside one repository (distribution spec, "Pulling manifests").
 *
 * @param text 1 to 128 characters: letters, digits, {@code _ . -}, not starting with {@code .} or
 *     {@code -}
 */
public record Tag(String text) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /** Refuses a text outside the grammar with {@link IllegalArgumentException}. */
  public Tag {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("not a tag: " + text);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
