package dev.roadstead.lambda;

import dev.roadstead.document.JsonDocument;
import java.util.Map;

/** An event as function URLs write it, with everything around it that they add. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Event(String method, String path, String query, Map<String, String> headers, byte[] body) {
  static Event get(String path) {
    return new Event("GET", path, "", Map.of(), new byte[0]);
  }

  static Event put(String path, byte[] body) {
    return new Event("PUT", path, "", Map.of(), body);
  }

  Event with(String header, String value) {
    return new Event(method, path, query, Map.of(header, value), body);
  }

  byte[] json() {
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("version", "2.0");
          json.writeStringProperty("routeKey", "$default");
          json.writeStringProperty("rawPath", path);
          json.writeStringProperty("rawQueryString", query);
          json.writeArrayPropertyStart("cookies");
          json.writeString("body=none");
          json.writeEndArray();
          json.writeObjectPropertyStart("headers");
          headers.forEach(json::writeStringProperty);
          json.writeEndObject();
          json.writeObjectPropertyStart("requestContext");
          json.writeStringProperty("accountId", "anonymous");
          json.writeNullProperty("authentication");
          json.writeObjectPropertyStart("http");
          json.writeStringProperty("method", method);
          json.writeStringProperty("path", "/another");
          json.writeEndObject();
          json.writeEndObject();
          json.writeNullProperty("pathParameters");
          if (body.length == 0) {
            json.writeNullProperty("body");
          } else {
            json.writeBinaryProperty("body", body);
          }
          json.writeBooleanProperty("isBase64Encoded", body.length > 0);
        });
  }
}
