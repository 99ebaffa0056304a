package dev.roadstead.endpoints.jobs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Events of CloudWatch Logs, as Lambda gets them. */
final class LogEvent {
  private static final JsonMapper JSON = new JsonMapper();

  private LogEvent() {}

  /** A batch of these lines, with everything beside them that CloudWatch says. */
  static byte[] of(List<LogBatch.Line> lines) {
    var batch = JSON.createObjectNode();
    batch.put("messageType", "DATA_MESSAGE");
    batch.put("owner", "111122223333").put("logGroup", "Operations");
    batch.put("logStream", "2026/01/02/get-manifest[7]0a1b");
    batch.putArray("subscriptionFilters").add("Pulls");
    var events = batch.putArray("logEvents");
    for (var line : lines) {
      var event = events.addObject().put("id", line.id()).put("timestamp", line.atMillis());
      event.putObject("extractedFields").put("a", "b");
      event.put("message", line.text() + "\n");
    }
    return packed(batch.toString());
  }

  static byte[] packed(String json) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException("all of it is in memory", impossible);
    }
    return "{\"awslogs\":{\"data\":\"%s\"}}"
        .formatted(Base64.getEncoder().encodeToString(packed.toByteArray()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
