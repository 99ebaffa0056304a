package dev.roadstead.endpoints.jobs;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pulls as lines of a function's log, and what CloudWatch Logs hands on of those (Amazon CloudWatch
 * Logs user guide, "Subscription filters with Lambda"): so a function that only reads needs no
 * right to write, and a pull waits for nothing.
 */
public final class LoggedPulls {
  /** How long a batch is at most when it is unpacked; CloudWatch packs up to 1 MB. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger("dev.roadstead.pulls");

  /** The whole line, so that nothing a client sends into another line is taken for one. */
  private static final Pattern LINE =
      Pattern.compile("INFO dev\\.roadstead\\.pulls - repository=(\\S+) digest=(\\S+)\\s*");

  private static final JsonMapper JSON = new JsonMapper();

  private LoggedPulls() {}

  /** Writes the line of a pull. */
  public static void write(Pull pull) {
    LOG.info("repository={} digest={}", pull.repository(), pull.digest());
  }

  /**
   * Counts the pulls in a batch of log lines; every other line is of no interest. CloudWatch may
   * deliver a batch twice, and its pulls count twice then.
   *
   * @throws IllegalArgumentException when it is no such batch
   */
  public static void count(byte[] event, CountPulls job) {
    try {
      var packed = JSON.readTree(event).path("awslogs").path("data");
      if (packed.isMissingNode()) {
        return; // an event of another kind
      }
      for (var line : JSON.readTree(unpacked(packed.binaryValue())).path("logEvents")) {
        long atMillis = line.path("timestamp").asLong();
        if (pull(line.path("message").asString("")).filter(p -> job.add(p, atMillis)).isPresent()) {
          job.run();
        }
      }
    } catch (IOException | JacksonException malformed) {
      throw new IllegalArgumentException("a batch of log lines is packed JSON", malformed);
    }
    job.run();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var bytes = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var json = bytes.readNBytes(MAX_BYTES + 1);
      if (json.length > MAX_BYTES) {
        throw new IllegalArgumentException("a batch has at most " + MAX_BYTES + " bytes");
      }
      return json;
    }
  }

  private static Optional<Pull> pull(String line) {
    var matcher = LINE.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new Pull(new RepositoryName(matcher.group(1)), Digest.parse(matcher.group(2))))
        : Optional.empty();
  }
}
