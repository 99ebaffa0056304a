package dev.roadstead.lambda;

import dev.roadstead.document.JsonDocument;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One request of CloudFormation to a custom resource, and the answer to it (AWS CloudFormation user
 * guide, "Custom resource request types"). The answer says whether it is done and nothing else, so
 * no secret gets into a stack.
 *
 * @param isDeletion whether the resource goes; keys go with their table
 * @param answerTo where the answer is sent
 * @param repeated what the answer has to repeat
 */
record Deployment(boolean isDeletion, URI answerTo, Map<String, String> repeated) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration TIME_LIMIT = Duration.ofSeconds(20);
  private static final int FIRST_FAILURE = 300;

  /** The resource is always the same one: an update never makes another. */
  private static final String IDENTITY = "roadstead-keys";

  /** Reads an event; empty when something else than a deployment has begun the job. */
  static Optional<Deployment> read(byte[] event) {
    var json = JSON.readTree(event);
    if (!json.has("RequestType")) {
      return Optional.empty();
    }
    return Optional.of(
        new Deployment(
            text(json, "RequestType").equals("Delete"),
            URI.create(text(json, "ResponseURL")),
            Map.of(
                "StackId", text(json, "StackId"),
                "RequestId", text(json, "RequestId"),
                "LogicalResourceId", text(json, "LogicalResourceId"))));
  }

  private static String text(JsonNode json, String name) {
    return json.required(name).asString();
  }

  /**
   * Does the work, unless the resource goes, and says how it went; a deployment that hears of a
   * failure goes back.
   *
   * @throws IllegalStateException when the answer cannot be given: whoever sent the event sends it
   *     again then
   */
  void run(Runnable work) {
    var answer = new TreeMap<>(repeated);
    answer.put("PhysicalResourceId", IDENTITY);
    answer.put("Status", "SUCCESS");
    if (!isDeletion) {
      try {
        work.run();
      } catch (RuntimeException failure) {
        answer.put("Status", "FAILED");
        answer.put("Reason", String.valueOf(failure.getMessage()));
      }
    }
    send(JsonDocument.write(json -> answer.forEach(json::writeStringProperty)));
  }

  private void send(byte[] answer) {
    // Its address is signed for a request without a type.
    var request =
        HttpRequest.newBuilder(answerTo)
            .timeout(TIME_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .PUT(BodyPublishers.ofByteArray(answer))
            .build();
    try (var http = HttpClient.newBuilder().connectTimeout(TIME_LIMIT).build()) {
      int taken = http.send(request, BodyHandlers.discarding()).statusCode();
      if (taken >= FIRST_FAILURE) {
        throw new IllegalStateException("CloudFormation did not take the answer: " + taken);
      }
    } catch (IOException unreachable) {
      throw new IllegalStateException("CloudFormation cannot be reached", unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while answering CloudFormation", stopped);
    }
  }
}
