package dev.roadstead.model;

import java.util.regex.Pattern;

/**
 * A pattern of repository names or tags, in which {@code *} stands for any characters, slashes
 * included, or for none. Matching looks for each piece between the stars once, from left to right,
 * and never goes back, so that no pattern can be made to take long.
 */
public record Glob(String text) {
  /** The longest pattern. */
  public static final int MAX_LENGTH = 255;

  private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_./*-]{1," + MAX_LENGTH + "}");

  /** Matches everything. */
  public static final Glob ANY = new Glob("*");

  /** Refuses what is no pattern with {@link IllegalArgumentException}. */
  public Glob {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a pattern has 1 to 255 letters, digits, and of _ . / - *");
    }
  }

  /** Whether it matches everything. */
  public boolean isAny() {
    return text.chars().allMatch(c -> c == '*');
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    int firstStar = text.indexOf('*');
    if (firstStar < 0) {
      return text.equals(name);
    }
    int lastStar = text.lastIndexOf('*');
    int tailLength = text.length() - lastStar - 1;
    if (name.length() < firstStar + tailLength
        || !name.startsWith(text.substring(0, firstStar))
        || !name.endsWith(text.substring(lastStar + 1))) {
      return false;
    }
    int from = firstStar;
    int end = name.length() - tailLength;
    int star = firstStar;
    while (star < lastStar) {
      int next = text.indexOf('*', star + 1);
      var piece = text.substring(star + 1, next);
      int found = name.indexOf(piece, from);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      from = found + piece.length();
      star = next;
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
