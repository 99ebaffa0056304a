package dev.roadstead.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What a check has found, in lines for people. */
final class CheckReport {
  private CheckReport() {}

  static String lines(JsonNode report) {
    var lines = new ArrayList<String>();
    for (var kind : report.path("records").properties()) {
      lines.add(line(kind.getKey(), kind.getValue().asLong()));
    }
    lines.add(line("objects", report.path("objects").asLong()));
    lines.add(line("bytes read", report.path("bytesRead").asLong()));
    lines.add(line("unclaimed direct PUTs", report.path("unclaimed").asLong()));
    lines.add("");
    findings(lines, "mended", report, "mended");
    findings(lines, "damage", report, "damage");
    if (report.path("clean").asBoolean()) {
      lines.add("clean");
    }
    return String.join("\n", lines);
  }

  private static String line(String what, long count) {
    return String.format(Locale.ROOT, "%-22s %,15d", what, count);
  }

  private static void findings(List<String> lines, String word, JsonNode report, String property) {
    long count = report.path(property).asLong();
    if (count == 0) {
      return;
    }
    lines.add(word + ": " + count);
    int named = 0;
    for (var finding : report.path(property + "List")) {
      lines.add(
          "  " + finding.path("subject").asString() + ": " + finding.path("problem").asString());
      named++;
    }
    if (named < count) {
      lines.add("  and " + (count - named) + " more");
    }
  }
}
