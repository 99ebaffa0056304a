package dev.roadstead.document;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes one JSON object as bytes. */
public final class JsonDocument {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonDocument() {}

  /** The object with these properties, in the order in which they are written. */
  public static byte[] write(Consumer<JsonGenerator> properties) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      properties.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
