package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.registry.collect.Collector.Finding;
import dev.roadstead.registry.collect.Report;
import dev.roadstead.registry.collect.Verdict;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What a run of the collector did, or would have done, as JSON. */
final class ReportDocument {
  private ReportDocument() {}

  static Answer of(Report report) {
    return Answer.of(200)
        .withBody("application/json", JsonDocument.write(json -> numbers(json, report)));
  }

  static Answer of(Report report, List<Finding> findings) {
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  numbers(json, report);
                  json.writeArrayPropertyStart("candidates");
                  findings.forEach(finding -> candidate(json, finding));
                  json.writeEndArray();
                }));
  }

  private static void numbers(JsonGenerator json, Report report) {
    json.writeNumberProperty("reviewed", report.reviewed());
    json.writeNumberProperty("needed", report.needed());
    json.writeNumberProperty("condemned", report.condemned());
    json.writeNumberProperty("condemnedBytes", report.condemnedBytes());
    json.writeNumberProperty("purged", report.purged());
    json.writeNumberProperty("purgedBytes", report.purgedBytes());
    json.writeNumberProperty("steps", report.steps());
    json.writeNumberProperty("overtaken", report.overtaken());
    json.writeNumberProperty("failed", report.failed());
    json.writeBooleanProperty("more", report.more());
    json.writeBooleanProperty("stopped", report.stopped());
  }

  private static void candidate(JsonGenerator json, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("kind", finding.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("partition", finding.candidate().partition());
    json.writeStringProperty("sort", finding.candidate().sort());
    switch (finding.verdict()) {
      case Verdict.NotDue none -> json.writeStringProperty("verdict", "not due");
      case Verdict.Needed(var why, var leave) -> {
        json.writeStringProperty("verdict", "needed");
        json.writeStringProperty("reason", why);
      }
      case Verdict.Garbage(var why, var freed, var step) -> {
        json.writeStringProperty("verdict", "garbage");
        json.writeStringProperty("reason", why);
        json.writeNumberProperty("objects", freed.condemned() + freed.purged());
        json.writeNumberProperty("bytes", freed.condemnedBytes() + freed.purgedBytes());
      }
    }
    json.writeEndObject();
  }
}
