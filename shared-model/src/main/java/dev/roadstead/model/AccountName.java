package dev.roadstead.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a user, a robot or a group; all three share one space of names. Small letters alone,
 * so that no two names look alike.
 */
public record AccountName(String text) {
  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  /** Whoever shows no credentials; may be granted rights like an account. */
  public static final AccountName ANONYMOUS = new AccountName("anonymous");

  private static final Set<String> TAKEN =
      Set.of(Caller.ANONYMOUS.name(), Caller.OPERATOR.name(), Caller.COLLECTOR.name());

  /** Refuses what is no name with {@link IllegalArgumentException}. */
  public AccountName {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 64 of a-z 0-9 . _ - and begins and ends with a letter or digit");
    }
  }

  /** Whether an account may be called so. */
  public boolean isFree() {
    return !TAKEN.contains(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
