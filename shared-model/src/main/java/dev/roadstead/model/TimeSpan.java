package dev.roadstead.model;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 30s}, {@code 5m}, {@code 24h}, {@code 37d}. */
public final class TimeSpan {
  /** The longest that is taken: ten years. */
  public static final Duration LONGEST = Duration.ofDays(3650);

  private static final Pattern GRAMMAR = Pattern.compile("([0-9]{1,9})([smhd])");

  private TimeSpan() {}

  /** Reads one; refuses what is none, or is too long, with {@link IllegalArgumentException}. */
  public static Duration parse(String text) {
    var match = GRAMMAR.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time; write 30s, 5m, 24h or 37d");
    }
    long number = Long.parseLong(match.group(1));
    var span =
        switch (match.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is longer than ten years (3650d)");
    }
    return span;
  }

  /** Writes one in the largest unit that takes it whole. */
  public static String format(Duration span) {
    long seconds = span.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}
