package dev.roadstead.lambda;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.wire.Answer;

/**
 * Writes an answer as a function URL wants it, payload format 2.0. The body is always base64: as
 * text it would not stay the same byte for byte, and a manifest of 4 MiB with every quote escaped
 * may not fit into the payload.
 */
final class ResponseWriter {
  private ResponseWriter() {}

  static byte[] write(Answer answer) {
    return JsonDocument.write(
        json -> {
          json.writeNumberProperty("statusCode", answer.status());
          json.writeObjectPropertyStart("headers");
          answer.headers().forEach(json::writeStringProperty);
          json.writeEndObject();
          json.writeBooleanProperty("isBase64Encoded", true);
          json.writeBinaryProperty("body", answer.body());
        });
  }
}
