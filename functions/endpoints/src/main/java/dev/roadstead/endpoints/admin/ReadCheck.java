package dev.roadstead.endpoints.admin;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.check.CheckJob;
import dev.roadstead.wire.Answer;

/** {@code GET /api/v1/check}: how far the last check has come, and what it has found. */
public final class ReadCheck implements Endpoint {
  private final Environment environment;

  /** Reads what checks of these stores say. */
  public ReadCheck(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var status =
        CheckJob.status(environment)
            .orElseGet(() -> JsonDocument.write(json -> json.writeStringProperty("state", "none")));
    return Answer.of(200).withBody("application/json", status);
  }
}
