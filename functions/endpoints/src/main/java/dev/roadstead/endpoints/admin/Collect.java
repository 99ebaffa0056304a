package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.document.RequestDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.wire.Answer;
import java.util.Set;

/**
 * {@code POST /api/v1/collection} with {@code {"action":"run"}}: one small run of the collector,
 * which says whether there is more; with {@code {"action":"acknowledge"}}: somebody has looked, and
 * it may go on.
 */
public final class Collect implements Endpoint {
  /** How many candidates of each kind one request looks at: what fits a function's time. */
  static final int MAX_PER_KIND = 500;

  private final Collector collector;

  /** Collects with this one. */
  public Collect(Collector collector) {
    this.collector = collector;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var action = RequestDocument.read(request.body(), Set.of("action")).text("action");
    return switch (action) {
      case "run" -> ReportDocument.of(collector.run(MAX_PER_KIND));
      case "acknowledge" -> acknowledged(collector.breaker().acknowledge(request.caller()));
      default -> throw ErrorCode.REQUEST_INVALID.about("the action is 'run' or 'acknowledge'");
    };
  }

  private static Answer acknowledged(boolean stoodStill) {
    return Answer.of(200)
        .withBody(
            "application/json",
            JsonDocument.write(json -> json.writeBooleanProperty("stoodStill", stoodStill)));
  }
}
