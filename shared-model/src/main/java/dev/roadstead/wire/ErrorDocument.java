package dev.roadstead.wire;

import dev.roadstead.error.Problem;
import dev.roadstead.error.RegistryException;
import java.io.ByteArrayOutputStream;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Renders refusals as the spec's {@code {"errors":[{code,message,detail}]}}. */
public final class ErrorDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorDocument() {}

  /** The answer for a refusal: the only place where an error becomes a status. */
  public static Answer of(RegistryException refusal) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("errors");
      refusal.problems().forEach(problem -> write(json, problem));
      json.writeEndArray();
      json.writeEndObject();
    }
    var answer = Answer.of(refusal.status()).withBody("application/json", bytes.toByteArray());
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
