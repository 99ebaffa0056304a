package dev.roadstead.model;

import java.util.regex.Pattern;

/**
 * The name of a manifest inside one repository (distribution spec, "Pulling manifests").
 *
 * @param text 1 to 128 letters, digits, {@code _}, {@code .} or {@code -}; the first one a letter,
 *     digit or {@code _}
 */
public record Tag(String text) implements Reference {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /** Refuses a text outside the grammar with {@link IllegalArgumentException}. */
  public Tag {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a tag is 1 to 128 letters, digits, '_', '.' or '-' and starts with none of the last"
              + " two");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
