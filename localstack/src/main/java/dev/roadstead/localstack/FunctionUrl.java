package dev.roadstead.localstack;

import dev.roadstead.document.JsonDocument;
import dev.roadstead.wire.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a Lambda function URL makes of a request, and of what the function gives back: payload
 * format 2.0 (AWS Lambda developer guide, "Invoking Lambda function URLs"). Bodies are base64 both
 * ways.
 */
final class FunctionUrl {
  /** What a function's header is called when the service keeps the name for itself. */
  static final String RENAMED = "x-amzn-remapped-";

  /** Those headers, in lower case; decision 0032 says how they are known. */
  private static final Set<String> OF_THE_SERVICE =
      Set.of(
          "connection",
          "content-length",
          "date",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "www-authenticate");

  private static final JsonMapper JSON = new JsonMapper();

  private FunctionUrl() {}

  /**
   * The event of a request.
   *
   * @param headers by lower-case name; several values of one name are joined by commas
   */
  static byte[] event(Request request, Map<String, List<String>> headers, byte[] body) {
    var uri = request.getHttpURI();
    var path = Objects.requireNonNullElse(uri.getPath(), "");
    return JsonDocument.write(
        json -> {
          json.writeStringProperty("version", "2.0");
          json.writeStringProperty("routeKey", "$default");
          json.writeStringProperty("rawPath", path);
          json.writeStringProperty(
              "rawQueryString", Objects.requireNonNullElse(uri.getQuery(), ""));
          json.writeObjectPropertyStart("headers");
          headers.forEach(
              (name, values) -> json.writeStringProperty(name, String.join(",", values)));
          json.writeEndObject();
          json.writeObjectPropertyStart("requestContext");
          json.writeStringProperty("accountId", "anonymous");
          json.writeObjectPropertyStart("http");
          json.writeStringProperty("method", request.getMethod());
          json.writeStringProperty("path", path);
          json.writeStringProperty("protocol", request.getConnectionMetaData().getProtocol());
          json.writeStringProperty("sourceIp", Request.getRemoteAddr(request));
          json.writeEndObject();
          json.writeStringProperty("routeKey", "$default");
          json.writeStringProperty("stage", "$default");
          json.writeEndObject();
          if (body.length > 0) {
            json.writeBinaryProperty("body", body);
          }
          json.writeBooleanProperty("isBase64Encoded", body.length > 0);
        });
  }

  /**
   * The answer that a client of the URL gets.
   *
   * @throws IllegalArgumentException when the function gave back something else
   */
  static Answer answer(byte[] response) {
    try {
      var json = JSON.readTree(response);
      var status = json.path("statusCode");
      if (!status.isInt() || !json.path("isBase64Encoded").asBoolean()) {
        throw new IllegalArgumentException("a response has statusCode and a body in base64");
      }
      return new Answer(
          status.intValue(), renamed(json.path("headers")), json.path("body").binaryValue());
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("a response is a JSON object", malformed);
    }
  }

  private static Map<String, String> renamed(JsonNode headers) {
    var names = new TreeMap<String, String>();
    for (var header : headers.properties()) {
      var name = header.getKey();
      boolean kept = OF_THE_SERVICE.contains(name.toLowerCase(Locale.ROOT));
      names.put(kept ? RENAMED + name : name, header.getValue().asString());
    }
    return names;
  }
}
