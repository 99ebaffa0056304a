package dev.roadstead.infra.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.RegistryException;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.registry.Keys;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeRequest;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.wire.ErrorDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The gateway routes in Java, the CDN in JavaScript: the same requests, hostile ones among them, go
 * the same ways and are refused in the same words. {@code -Droadstead.seed} repeats a run.
 */
class EdgeDifferentialTest {
  private static final int REQUESTS = 30_000;
  private static final long SEED = Long.getLong("roadstead.seed", new Random().nextLong());

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void goesTheSameWayAsTheGateway(boolean relay, boolean directPut, @TempDir Path folder) {
    var ways = new Ways(relay, directPut);
    var requests = new RandomRequests(new Random(SEED));
    var gate =
        new EdgeGate(RandomRequests.EDGE_KEYS, RandomRequests::isOpen, () -> RandomRequests.NOW);
    var router =
        new EdgeRouter(ways, RandomRequests.KEYS, () -> RandomRequests.NOW, Optional.of(gate));
    try (var registry = start(folder, Paths.REGISTRY, ways);
        var administration = start(folder, Paths.ADMINISTRATION, ways)) {
      for (int i = 0; i < REQUESTS; i++) {
        var request = requests.next();
        var edge = request.rawPath().startsWith("/api/v1/") ? administration : registry;
        assertThat(seen(edge.run(request.event())))
            .as("seed %d, request %d: %s", SEED, i, request)
            .isEqualTo(expected(router, request));
      }
    }
  }

  private static EdgeRuntime start(Path folder, Paths paths, Ways ways) {
    var code = EdgeCode.viewerRequest(paths, ways);
    return EdgeRuntime.start(folder.resolve(paths.name()), code);
  }

  /** What can be compared: origin and what it is sent, or the refusal. */
  private static Map<String, String> seen(JsonNode result) {
    var seen = new TreeMap<String, String>();
    var answer = result.path("answer");
    if (answer.has("statusCode")) {
      seen.put("status", answer.path("statusCode").asString());
      seen.put("body", answer.path("body").path("data").asString());
      seen.put("allow", header(answer, "allow"));
      seen.put("challenge", header(answer, "www-authenticate"));
      return seen;
    }
    seen.put("origin", result.path("origin").asString());
    seen.put("uri", answer.path("uri").asString());
    if (seen.get("uri").startsWith("/in/")) {
      for (var header : answer.path("headers").properties()) {
        seen.put(header.getKey(), header.getValue().path("value").asString());
      }
    }
    return seen;
  }

  private static String header(JsonNode answer, String name) {
    return answer.path("headers").path(name).path("value").asString("");
  }

  private static Map<String, String> expected(EdgeRouter router, RandomRequests.Request request) {
    RequestTarget target;
    try {
      target = RequestTarget.parse(request.rawPath(), request.rawQuery());
    } catch (RegistryException refusal) {
      return refused(refusal);
    }
    var seen =
        new EdgeRequest(
            request.method(),
            target.path(),
            target.parameter("digest"),
            request.bodyBytes(),
            "https",
            request.host(),
            request.authorization());
    return switch (router.route(seen)) {
      case Destination.Function(var operation, var _) ->
          Map.of("origin", operation.functionName(), "uri", request.rawPath());
      case Destination.Relay _ -> Map.of("origin", "relay", "uri", request.rawPath());
      case Destination.Refusal(var reason) -> refused(reason);
      case Destination.DirectPut put -> toTheObjectStore(put, request.host());
    };
  }

  private static Map<String, String> toTheObjectStore(Destination.DirectPut put, String host) {
    var location = put.location();
    var key = Keys.directPut(location.repository(), put.digest(), location.session());
    var hash = HexFormat.of().parseHex(put.digest().hex());
    return new TreeMap<>(
        Map.of(
            "origin",
            "objects",
            "uri",
            "/" + key.objectName(),
            "host",
            host,
            "content-length",
            Long.toString(put.sizeBytes()),
            "content-type",
            "application/octet-stream",
            "x-amz-checksum-sha256",
            Base64.getEncoder().encodeToString(hash),
            "x-amz-content-sha256",
            put.digest().hex(),
            "x-amz-meta-repository",
            location.repository().text()));
  }

  private static Map<String, String> refused(RegistryException refusal) {
    var answer = ErrorDocument.of(refusal);
    return Map.of(
        "status", Integer.toString(answer.status()),
        "body", new String(answer.body(), StandardCharsets.UTF_8),
        "allow", Optional.ofNullable(answer.headers().get("Allow")).orElse(""),
        "challenge", Optional.ofNullable(answer.headers().get("WWW-Authenticate")).orElse(""));
  }
}
