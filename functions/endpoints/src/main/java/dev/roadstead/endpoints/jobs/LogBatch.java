package dev.roadstead.endpoints.jobs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Lines of one stream of a log, as CloudWatch Logs hands them on (Amazon CloudWatch Logs user
 * guide, "Subscription filters with AWS Lambda"): JSON, packed with gzip, as base64 in JSON. It
 * hands on every line once at least, and the same batch again when nobody took it.
 */
public record LogBatch(List<Line> lines) {
  /** How long an event is at most; Lambda gives none that is longer. */
  static final int MAX_EVENT_BYTES = 6 * 1024 * 1024;

  /** How long a batch is at most when it is unpacked. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  /** How many lines a batch has at most; CloudWatch takes 10,000 at once. */
  static final int MAX_LINES = 100_000;

  /** A batch of another kind only asks whether anybody takes batches. */
  private static final String OF_LINES = "DATA_MESSAGE";

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * A line.
   *
   * @param id the log's own name of it, which no other line has
   * @param atMillis when it was written, in milliseconds since 1970
   * @param text without the end of the line
   */
  public record Line(String id, long atMillis, String text) {}

  /** Copies the list. */
  public LogBatch {
    lines = List.copyOf(lines);
  }

  /**
   * Reads an event; one of another kind has no lines.
   *
   * @throws IllegalArgumentException when it is none of CloudWatch Logs, or goes beyond a limit
   */
  public static LogBatch read(byte[] event) {
    if (event.length > MAX_EVENT_BYTES) {
      throw new IllegalArgumentException("an event has at most " + MAX_EVENT_BYTES + " bytes");
    }
    try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
      var packed = packed(parser);
      return packed.isEmpty() ? new LogBatch(List.of()) : batch(unpacked(packed));
    } catch (IOException | JacksonException malformed) {
      throw new IllegalArgumentException("a batch of log lines is packed JSON", malformed);
    }
  }

  private static void begin(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("an event is a JSON object, and so is what it packs");
    }
  }

  /** {@code awslogs.data}, or nothing. */
  private static String packed(JsonParser event) {
    var data = "";
    begin(event);
    for (var name = event.nextName(); name != null; name = event.nextName()) {
      if (event.nextToken() == JsonToken.START_OBJECT && name.equals("awslogs")) {
        for (var inner = event.nextName(); inner != null; inner = event.nextName()) {
          event.nextToken();
          data = inner.equals("data") ? event.getString() : data;
          event.skipChildren();
        }
      } else {
        event.skipChildren();
      }
    }
    return data;
  }

  private static byte[] unpacked(String base64) throws IOException {
    var packed = Base64.getDecoder().decode(base64);
    try (var bytes = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var json = bytes.readNBytes(MAX_BYTES + 1);
      if (json.length > MAX_BYTES) {
        throw new IllegalArgumentException("a batch has at most " + MAX_BYTES + " bytes");
      }
      return json;
    }
  }

  private static LogBatch batch(byte[] json) {
    var lines = new ArrayList<Line>();
    boolean ofLines = false;
    try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      begin(parser);
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        var value = parser.nextToken();
        if (name.equals("messageType")) {
          ofLines = parser.getString().equals(OF_LINES);
        } else if (name.equals("logEvents") && value == JsonToken.START_ARRAY) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            lines.add(line(parser));
            if (lines.size() > MAX_LINES) {
              throw new IllegalArgumentException("a batch has at most " + MAX_LINES + " lines");
            }
          }
        }
        parser.skipChildren();
      }
    }
    return new LogBatch(ofLines ? lines : List.of());
  }

  private static Line line(JsonParser parser) {
    var id = "";
    long atMillis = 0;
    var text = "";
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "id" -> id = parser.getString();
        case "timestamp" -> atMillis = parser.getLongValue();
        case "message" -> text = parser.getString().stripTrailing();
        default -> {}
      }
      parser.skipChildren();
    }
    return new Line(id, atMillis, text);
  }
}
