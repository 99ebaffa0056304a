package dev.roadstead.model;

import java.util.regex.Pattern;

/**
 * The name of a repository (distribution spec, {@code <name>}).
 *
 * @param text components separated by {@code /}; 255 characters at most, so that host and name
 *     together stay within what clients take
 */
public record RepositoryName(String text) implements Comparable<RepositoryName> {
  /** The longest name that is taken, in characters. */
  public static final int MAX_LENGTH = 255;

  // Possessive quantifiers: no backtracking, linear in the length of a hostile name.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+(?:/[a-z0-9]++(?:(?:\\.|__?+|-++)[a-z0-9]++)*+)*+");

  /** Refuses a text outside the grammar with {@link IllegalArgumentException}. */
  public RepositoryName {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a repository name has at most 255 characters");
    }
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a repository name is made of lower-case letters and digits, with single '.', '_', '__'"
              + " or dashes between them, in components separated by '/'");
    }
  }

  @Override
  public int compareTo(RepositoryName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
