package dev.roadstead.wire;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.error.Problem;
import dev.roadstead.error.RegistryException;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** Renders refusals as the spec's {@code {"errors":[{code,message,detail}]}}. */
public final class ErrorDocument {
  private ErrorDocument() {}

  /** The answer for a refusal: the only place where an error becomes a status. */
  public static Answer of(RegistryException refusal) {
    var bytes =
        JsonDocument.write(
            json -> {
              json.writeArrayPropertyStart("errors");
              refusal.problems().forEach(problem -> write(json, problem));
              json.writeEndArray();
            });
    var answer = Answer.of(refusal.status()).withBody("application/json", bytes);
    for (var header : refusal.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  private static void write(JsonGenerator json, Problem problem) {
    json.writeStartObject();
    json.writeStringProperty("code", problem.code().specCode());
    json.writeStringProperty("message", problem.message());
    if (!problem.detail().isEmpty()) {
      json.writeObjectPropertyStart("detail");
      new TreeMap<>(problem.detail()).forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
