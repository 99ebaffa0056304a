package dev.roadstead.client;

import dev.roadstead.client.AdminTransport.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Administers a registry through its resources, {@code /api/v1/…}. Every method may throw {@link
 * IOException} when the registry cannot be reached and {@link RegistryRefusal} when it does not
 * want to; both have a message for people.
 */
public final class AdminClient implements AutoCloseable {
  private static final int MAX_PAGES = 100;

  private static final JsonMapper JSON = new JsonMapper();

  private final AdminTransport transport;

  /** Talks to whatever is at the other end. */
  public AdminClient(AdminTransport transport) {
    this.transport = transport;
  }

  /** An empty JSON object, to be filled and sent. */
  public static ObjectNode document() {
    return JSON.createObjectNode();
  }

  /** Reads a resource, {@code users/alice} for example. */
  public JsonNode get(String resource, Map<String, String> query) throws IOException {
    return send(new Request("GET", resource, query, Optional.empty()));
  }

  /**
   * Reads all pages of a list into one answer, at most {@value #MAX_PAGES} of them.
   *
   * @param list the property that holds it
   */
  public JsonNode list(String resource, String list, Map<String, String> query) throws IOException {
    var all = document();
    var entries = all.putArray(list);
    var next = Optional.<String>empty();
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      var parameters = new TreeMap<>(query);
      next.ifPresent(after -> parameters.put("after", after));
      var page = get(resource, parameters);
      page.path(list).forEach(entries::add);
      next = Optional.of(page.path("next").asString("")).filter(after -> !after.isEmpty());
      if (next.isEmpty()) {
        return all;
      }
    }
    return all.put("next", next.orElseThrow());
  }

  /** Makes something, or has something done. */
  public JsonNode post(String resource, ObjectNode document) throws IOException {
    return send("POST", resource, document);
  }

  /** Sets something, whatever it was before. */
  public JsonNode put(String resource, ObjectNode document) throws IOException {
    return send("PUT", resource, document);
  }

  /** Changes something that is there. */
  public JsonNode patch(String resource, ObjectNode document) throws IOException {
    return send("PATCH", resource, document);
  }

  /** Removes something. */
  public JsonNode delete(String resource, Map<String, String> query) throws IOException {
    return send(new Request("DELETE", resource, query, Optional.empty()));
  }

  private JsonNode send(String method, String resource, ObjectNode document) throws IOException {
    var body = JSON.writeValueAsBytes(document);
    return send(new Request(method, resource, Map.of(), Optional.of(body)));
  }

  private JsonNode send(Request request) throws IOException {
    var reply = transport.send(request);
    var body = parsed(reply.body());
    if (reply.status() < 200 || reply.status() > 299) {
      throw new RegistryRefusal(reply.status(), explanation(reply.status(), body));
    }
    return body;
  }

  private static JsonNode parsed(byte[] body) throws IOException {
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException noJson) {
      throw new IOException("the registry answered something that is no JSON", null);
    }
  }

  private static String explanation(int status, JsonNode body) {
    List<String> messages =
        StreamSupport.stream(body.path("errors").spliterator(), false)
            .map(error -> error.path("message").asString(""))
            .filter(text -> !text.isEmpty())
            .toList();
    return messages.isEmpty()
        ? "the registry answered with status " + status
        : messages.stream()
            .map(text -> text.replaceAll("\\p{Cntrl}+", " "))
            .collect(Collectors.joining("; "));
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
