package dev.roadstead.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A run of the collector, for people. */
final class GcReport {
  private GcReport() {}

  static String of(JsonNode report) {
    return String.format(
            Locale.ROOT,
            """
            looked at    %,d candidates, %,d of them needed
            condemned    %,d objects, %,d bytes; they wait in the trash
            purged       %,d objects, %,d bytes
            """,
            report.path("reviewed").asLong(),
            report.path("needed").asLong(),
            report.path("condemned").asLong(),
            report.path("condemnedBytes").asLong(),
            report.path("purged").asLong(),
            report.path("purgedBytes").asLong())
        + troubles(report);
  }

  private static String troubles(JsonNode report) {
    var text = new StringBuilder();
    long failed = report.path("failed").asLong();
    if (failed > 0) {
      text.append("failed       ").append(failed).append(" candidates; they are tried again\n");
    }
    if (report.path("stopped").asBoolean()) {
      text.append(
          "It stands still: more than a day's limit would be condemned."
              + " See roadstead gc dry-run, then roadstead gc acknowledge.\n");
    }
    return text.toString();
  }
}
