package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.registry.collect.Collector.Finding;
import dev.roadstead.wire.Answer;
import java.util.ArrayList;

/**
 * {@code GET /api/v1/collection}: whether the collector stands still, and what it condemned today.
 * With {@code ?dry-run=true}: what a run would do now, with the reason for each candidate; nothing
 * is written.
 */
public final class ShowCollection implements Endpoint {
  /** How many candidates an answer lists; the numbers are about all of them. */
  static final int MAX_LISTED = 1000;

  private final Collector collector;

  /** Shows this one. */
  public ShowCollection(Collector collector) {
    this.collector = collector;
  }

  @Override
  public Answer handle(ApiRequest request) {
    return request.parameter("dry-run").filter("true"::equals).isPresent() ? dryRun() : state();
  }

  private Answer state() {
    var state = collector.breaker().state();
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(
                json -> {
                  json.writeBooleanProperty(
                      "stopped", state.filter(s -> s.stoppedAtSeconds().isPresent()).isPresent());
                  state.ifPresent(
                      known -> {
                        known
                            .stoppedAtSeconds()
                            .ifPresent(at -> json.writeNumberProperty("stoppedAt", at));
                        json.writeNumberProperty("day", known.day());
                        json.writeNumberProperty("condemned", known.condemned());
                        json.writeNumberProperty("limit", known.limit());
                      });
                }));
  }

  private Answer dryRun() {
    var listed = new ArrayList<Finding>();
    var report =
        collector.dryRun(
            finding -> {
              if (listed.size() < MAX_LISTED) {
                listed.add(finding);
              }
            });
    return ReportDocument.of(report, listed);
  }
}
