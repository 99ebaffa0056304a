package dev.roadstead.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** One line that says how far something long has come; on a terminal, and nowhere else. */
final class ProgressBar {
  private static final int WIDTH = 30;

  /** Back to the begin of the line, and the line emptied. */
  private static final String EMPTY_LINE = "\r\u001b[K";

  private final PrintWriter errors;
  private final boolean shown;

  /** Shows itself here, or not at all. */
  ProgressBar(PrintWriter errors, boolean shown) {
    this.errors = errors;
    this.shown = shown;
  }

  /** Whether somebody looks at a terminal. */
  static boolean isOnTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /**
   * Shows how far it is.
   *
   * @param total 0 while nobody knows
   */
  void show(String step, long done, long total) {
    if (shown) {
      errors.print(EMPTY_LINE + line(step, done, total));
      errors.flush();
    }
  }

  static String line(String step, long done, long total) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%-8s %,d", step, done);
    }
    int filled = (int) Math.min(WIDTH, WIDTH * done / total);
    return String.format(
        Locale.ROOT,
        "%-8s [%s%s] %3d %%  %,d of %,d",
        step,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        100 * done / total,
        done,
        total);
  }

  /** Takes the line away. */
  void clear() {
    if (shown) {
      errors.print(EMPTY_LINE);
      errors.flush();
    }
  }
}
