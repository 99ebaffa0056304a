package dev.roadstead.lambda;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.route.Address;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the event of a function URL, payload format 2.0 (AWS Lambda developer guide, "Invoking
 * Lambda function URLs"). What is decoded in it already is read right too: an address without
 * escapes stays what it is.
 */
final class EventReader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NOTHING = {};

  private final Operation operation;

  /** Reads events for the function of this operation. */
  EventReader(Operation operation) {
    this.operation = operation;
  }

  /** The parts of an event that are looked at, as they stand in it. */
  private static final class Event {
    private final Map<String, List<String>> headers = new HashMap<>();
    private String method = "";
    private String network = "";
    private String rawPath = "";
    private String rawQuery = "";
    private String body = "";
    private boolean isBase64;
  }

  /**
   * Reads one event.
   *
   * @throws RegistryException when the request in it is to be refused, also when it is for another
   *     operation: a function answers nothing that its rights are not made for
   * @throws RuntimeException when it is no event at all
   */
  ApiRequest read(InputStream json) {
    var event = parse(json);
    var target = RequestTarget.parse(event.rawPath, event.rawQuery);
    var address = Address.parse(target.path()).orElseThrow(ErrorCode.PATH_UNKNOWN::raise);
    var asked =
        Method.named(event.method)
            .filter(method -> Operation.at(address.place(), method).equals(Optional.of(operation)));
    if (asked.isEmpty()) {
      throw ErrorCode.METHOD_UNSUPPORTED.about(
          "this is the function " + operation.functionName() + ", which does not answer that");
    }
    var body = body(event);
    if (body.length > Limits.FUNCTION_BODY_BYTES) {
      throw EdgeRouter.tooLong(operation);
    }
    return new ApiRequest(
        operation, asked.get(), address, target.query(), event.headers, body, event.network);
  }

  private static byte[] body(Event event) {
    if (event.body.isEmpty()) {
      return NOTHING;
    }
    return event.isBase64
        ? Base64.getDecoder().decode(event.body)
        : event.body.getBytes(StandardCharsets.UTF_8);
  }

  private static Event parse(InputStream json) {
    var event = new Event();
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("the event is no JSON object");
      }
      each(parser, name -> property(event, name, parser));
    }
    return event;
  }

  private static void property(Event event, String name, JsonParser parser) {
    switch (name) {
      case "rawPath" -> event.rawPath = text(parser);
      case "rawQueryString" -> event.rawQuery = text(parser);
      case "headers" -> each(parser, header -> event.headers.put(header, List.of(text(parser))));
      case "requestContext" -> each(parser, part -> context(event, part, parser));
      case "body" -> event.body = text(parser);
      case "isBase64Encoded" -> event.isBase64 = parser.currentToken() == JsonToken.VALUE_TRUE;
      default -> {} // of no use to an endpoint
    }
  }

  private static void context(Event event, String part, JsonParser parser) {
    if (part.equals("http")) {
      each(parser, name -> http(event, name, parser));
    }
  }

  private static void http(Event event, String name, JsonParser parser) {
    switch (name) {
      case "method" -> event.method = text(parser);
      case "sourceIp" -> event.network = text(parser);
      default -> {} // the path here is decoded, and who knows how
    }
  }

  /** Goes through the properties of the object here, and past those that nobody has read. */
  private static void each(JsonParser parser, Consumer<String> property) {
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      property.accept(name);
      parser.skipChildren();
    }
  }

  /** The text here; empty for JSON's null, which stands for a body that is not there. */
  private static String text(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_NULL ? "" : parser.getString();
  }
}
