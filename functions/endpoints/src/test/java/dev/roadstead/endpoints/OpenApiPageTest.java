package dev.roadstead.endpoints;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.docs.GeneratedPage;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Address;
import dev.roadstead.route.Address.Last;
import dev.roadstead.route.Address.Place;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the OpenAPI description of administration, from the endpoint table and from what the
 * endpoints themselves say they take.
 */
class OpenApiPageTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final Pattern KNOWN = Pattern.compile("here; there are ([A-Za-z, ]*)");

  /** What may stand in a query; that each does something is shown by the tests of its endpoint. */
  private static final Map<Operation, List<String>> QUERY =
      new TreeMap<>(
          Map.ofEntries(
              entry(Operation.USERS, List.of("after")),
              entry(Operation.ROBOTS, List.of("after")),
              entry(Operation.GROUPS, List.of("after")),
              entry(
                  Operation.GRANTS, List.of("after", "role", "repository", "tag", "from", "deny")),
              entry(
                  Operation.EXPLAIN_ACCESS,
                  List.of("account", "action", "repository", "tag", "from")),
              entry(Operation.AUDIT, List.of("since", "who", "about", "repository", "after")),
              entry(Operation.IMMUTABILITY, List.of("repository", "tag", "except")),
              entry(Operation.LIST_TAG_HISTORY, List.of("tag", "after")),
              entry(Operation.LIST_PULLS, List.of("since", "after")),
              entry(Operation.LIST_TRASH, List.of("after")),
              entry(Operation.SHOW_COLLECTION, List.of("dry-run"))));

  private final Endpoints endpoints = endpoints();

  private static Endpoints endpoints() {
    var environment =
        new Environment(
            new InMemoryMetadataStore(),
            new InMemoryBlobStore(),
            InstantSource.system(),
            UUID::randomUUID,
            RegistrySettings.DEFAULTS);
    var random = new SecureRandom();
    var accounts = new Accounts(environment, new Passwords(random), random);
    return new Endpoints(
        environment,
        new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES])),
        new AccessControl(visitor -> Access.OPERATOR, accounts, Optional.empty()),
        Runnable::run);
  }

  @Test
  void describesEveryResourceOfAdministration() throws IOException {
    var root = JSON.createObjectNode().put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Roadstead administration")
        .put("version", "1")
        .put(
            "description",
            "Made from the endpoint table by OpenApiPageTest; not written by hand. {name} is a"
                + " repository, whose slashes stay slashes; {account} may be left out of the"
                + " address to list all.");
    var schemes = root.putObject("components").putObject("securitySchemes");
    schemes.putObject("account").put("type", "http").put("scheme", "basic");
    schemes.putObject("dataFolder").put("type", "http").put("scheme", "bearer");
    var security = root.putArray("security");
    security.addObject().putArray("account");
    security.addObject().putArray("dataFolder");
    var paths = root.putObject("paths");
    Arrays.stream(Place.values())
        .filter(Place::isAdministration)
        .forEach(place -> describe(paths.putObject(path(place)), place));

    assertThat(paths.size()).isGreaterThan(10);
    new GeneratedPage().add(JSON.writeValueAsString(root)).check("openapi.json");
  }

  private static String path(Place place) {
    return place.template().replace('<', '{').replace('>', '}');
  }

  private void describe(ObjectNode path, Place place) {
    for (var method : Operation.methodsAt(place)) {
      var operation = Operation.at(place, method).orElseThrow();
      var described = path.putObject(method.name().toLowerCase(Locale.ROOT));
      boolean several = operation.methods().size() > 1;
      described.put(
          "operationId",
          operation.functionName() + (several ? "-" + method.name().toLowerCase(Locale.ROOT) : ""));
      parameters(described, operation, method);
      if (method == Method.POST || method == Method.PUT || method == Method.PATCH) {
        var schema =
            described
                .putObject("requestBody")
                .putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object");
        var properties = schema.putObject("properties");
        known(operation, method).forEach(properties::putObject);
        schema.put("additionalProperties", false);
      }
      responses(described.putObject("responses"), operation);
    }
  }

  private static void parameters(ObjectNode described, Operation operation, Method method) {
    var template = operation.place().template();
    var parameters = JSON.createArrayNode();
    if (template.indexOf('<') >= 0) {
      var name = template.substring(template.indexOf('<') + 1, template.indexOf('>'));
      parameters
          .addObject()
          .put("name", name)
          .put("in", "path")
          .put("required", true)
          .putObject("schema")
          .put("type", "string");
    }
    if (method == Method.GET || method == Method.DELETE) {
      for (var name : QUERY.getOrDefault(operation, List.of())) {
        parameters
            .addObject()
            .put("name", name)
            .put("in", "query")
            .putObject("schema")
            .put("type", "string");
      }
    }
    if (!parameters.isEmpty()) {
      described.set("parameters", parameters);
    }
  }

  private static void responses(ObjectNode responses, Operation operation) {
    responses.putObject("200").put("description", "done; a JSON object");
    var refusals = new TreeMap<Integer, Set<String>>();
    for (var code : operation.errors()) {
      add(refusals, code);
    }
    add(refusals, ErrorCode.UNAUTHORIZED);
    add(refusals, ErrorCode.TOO_MANY_REQUESTS);
    refusals.forEach(
        (status, said) ->
            responses.putObject(status.toString()).put("description", String.join("; ", said)));
  }

  private static void add(Map<Integer, Set<String>> refusals, ErrorCode code) {
    refusals.computeIfAbsent(code.status(), none -> new TreeSet<>()).add(code.message());
  }

  /** The properties that an endpoint takes, as it says when it is given another. */
  private List<String> known(Operation operation, Method method) {
    var place = operation.place();
    var name = place.template().contains("<name>") ? "team/app" : "";
    var last = place.last() == Last.IDENTITY ? "alice" : "";
    var answer =
        endpoints
            .of(operation)
            .handle(
                new ApiRequest(
                    operation,
                    method,
                    new Address(place, name, last),
                    Map.of(),
                    Map.of(),
                    "{\"?\":1}".getBytes(StandardCharsets.UTF_8),
                    ""));
    var said = new String(answer.body(), StandardCharsets.UTF_8);
    var found = KNOWN.matcher(said);
    assertThat(found.find()).as("%s %s: %s", method, operation, said).isTrue();
    return Arrays.stream(found.group(1).split(", ", -1)).filter(text -> !text.isEmpty()).toList();
  }
}
