package dev.roadstead.cli.doctor;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Prints what was found: row by row while the checks go on, or as JSON at their end. */
final class Report {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final PrintWriter out;
  private final Form form;

  Report(PrintWriter out, Form form) {
    this.out = out;
    this.form = form;
  }

  /** In what form it is printed. */
  enum Form {
    TEXT,
    JSON
  }

  /** A check and what it has found. */
  record Row(Check check, Finding finding) {
    private String state() {
      return switch (finding) {
        case Finding.Passed _ -> "passed";
        case Finding.Failed _ -> "failed";
        case Finding.Skipped _ -> "skipped";
      };
    }

    private boolean failed() {
      return finding instanceof Finding.Failed;
    }
  }

  /** One row, at once: a check of a slow registry takes seconds. */
  void show(Row row) {
    if (form == Form.TEXT) {
      out.printf("%-8s %-14s %s%n", row.state(), row.check().name(), row.finding().text());
      if (row.failed()) {
        out.printf("%-23s -> %s%n", "", row.check().wayOut());
      }
      out.flush();
    }
  }

  /** The end; whether anything failed. */
  boolean print(List<Row> rows) {
    long failed = rows.stream().filter(Row::failed).count();
    switch (form) {
      case TEXT -> {
        long skipped =
            rows.stream().filter(row -> row.finding() instanceof Finding.Skipped).count();
        out.printf(
            "%n%d passed, %d failed, %d skipped%n",
            rows.size() - failed - skipped, failed, skipped);
      }
      case JSON -> out.println(MAPPER.writeValueAsString(rows.stream().map(Report::json).toList()));
    }
    out.flush();
    return failed > 0;
  }

  private static Map<String, String> json(Row row) {
    var json = new LinkedHashMap<String, String>();
    json.put("check", row.check().name());
    json.put("result", row.state());
    json.put("finding", row.finding().text());
    if (row.failed()) {
      json.put("wayOut", row.check().wayOut());
    }
    return json;
  }
}
