package dev.roadstead.infra.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.document.TokenClaims.Use;
import dev.roadstead.infra.cost.Bill;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.model.Digest;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.ReadAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What the CDN's two functions do besides routing, which {@link EdgeDifferentialTest} compares. */
class EdgeCodeTest {
  private static final Ways ALL = new Ways(true, true);
  private static final String HEX = "5".repeat(64);
  private static final String EDGE_KEY = "7".repeat(64);
  private static final String OBJECT = "/in/" + "a".repeat(32) + "/" + HEX + "/session";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void fitsIntoTheCdn(Paths paths) {
    assertThat(EdgeCode.viewerRequest(paths, ALL))
        .hasSizeLessThanOrEqualTo(EdgeCode.MAX_BYTES)
        .doesNotContain("RULES");
  }

  @Test
  void tellsFunctionsWhomTheClientAskedAndThatItComesFromTheEdge() {
    var event =
        request(
            "GET",
            "/v2/",
            Map.of(
                "authorization", value("Basic eDp5"),
                "x-roadstead-origin", value("guessed"),
                "x-forwarded-host", value("evil.example")));
    var result =
        inViewerRequest(Map.of("event", event, "values", Map.of("origin-keys", "now,next,before")));

    assertThat(result.path("origin").asString()).isEqualTo("ping");
    assertThat(header(result, "x-forwarded-host")).isEqualTo("registry.example");
    assertThat(header(result, "x-roadstead-origin")).isEqualTo("now");
  }

  @Test
  void asksForCredentialsItself() {
    var event = request("GET", "/v2/", Map.of());
    var answer = inViewerRequest(Map.of("event", event)).path("answer");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
    assertThat(answer.at("/headers/www-authenticate/value").asString())
        .isEqualTo("Bearer realm=\"https://registry.example/token\",service=\"roadstead\"");
  }

  @Test
  void failsInJsonWhenItsKeysAreNotThere() {
    var location = "x".repeat(36) + "." + "A".repeat(36);
    var event =
        request(
            "PUT",
            "/v2/app/blobs/uploads/" + location,
            Map.of("authorization", value("Basic eDp5"), "content-length", value("5000000")));
    var answer = inViewerRequest(Map.of("event", event)).path("answer");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").path("data").asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"the edge of the registry"
                + " failed\"}]}");
  }

  /** The bill counts with the most. */
  @Test
  void readsItsStoreTwiceForARequestAtMost() {
    var values = Map.of("origin-keys", "now", "edge-keys", EDGE_KEY, "anonymous-0", "library/*");
    var claims =
        new TokenClaims(Use.ACCESS, "", EdgeGate.SERVICE, 0, 9, "", List.of(), List.of(), "");
    var sealed = new EdgeKeys(List.of(HexFormat.of().parseHex(EDGE_KEY))).seal(claims.toJson());
    var token = "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed) + ".s";

    assertThat(reads("/v2/", "Bearer " + token, values)).isEqualTo(Bill.EDGE_READS);
    assertThat(reads("/v2/library/app/manifests/1", "", values)).isEqualTo(Bill.EDGE_READS);
    assertThat(reads("/v2/", "Basic eDp5", values)).isEqualTo(1);
    assertThat(reads("/v2/", "", values)).isZero();
  }

  private int reads(String uri, String shown, Map<String, String> values) {
    Map<String, Object> headers =
        shown.isEmpty() ? Map.of() : Map.of("authorization", value(shown));
    var event = request("GET", uri, headers);
    return inViewerRequest(Map.of("event", event, "values", values, "now", 1))
        .path("reads")
        .asInt();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, false", "3, false"})
  void givesOutAnObjectUnderAnAddressThatAFunctionHasSigned(int key, boolean isKnown) {
    var signed = address(key, RandomRequests.NOW);

    assertThat(read(signed, RandomRequests.NOW).has("statusCode")).isNotEqualTo(isKnown);
  }

  @Test
  void dropsWhatIsNotTheObjectsNameSoThatOneCopyIsGoodForAll() {
    var answer = read(address(0, RandomRequests.NOW), RandomRequests.NOW);

    assertThat(answer.path("uri").asString()).isEqualTo("/data/ab/x.object");
    assertThat(answer.path("querystring").isEmpty()).isTrue();
  }

  @Test
  void givesOutNothingUnderAnAddressThatHasExpiredOrIsForAnotherObject() {
    var signed = address(0, RandomRequests.NOW);
    var other = URI.create(signed.toString().replace("/x.object", "/y.object"));
    var longer = URI.create(signed.toString().replace("until=", "until=9"));
    var late = RandomRequests.NOW.plusSeconds(1);

    assertThat(read(signed, late).path("statusCode").asInt()).isEqualTo(403);
    assertThat(read(other, RandomRequests.NOW).path("statusCode").asInt()).isEqualTo(403);
    assertThat(read(longer, RandomRequests.NOW).path("statusCode").asInt()).isEqualTo(403);
    assertThat(read(URI.create("/data/ab/x.object"), late).at("/body/data").asString())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"this address is none, or has"
                + " expired\"}]}");
  }

  /** Signed with a key of this number; the edge knows those of 0 and 1. */
  private static URI address(int number, Instant until) {
    return new ReadAddresses(() -> List.of(key(number))).sign("data/ab/x.object", until);
  }

  private static byte[] key(int number) {
    return Digest.sha256(new byte[] {(byte) number}).hex().substring(0, 32).getBytes(US_ASCII);
  }

  private JsonNode read(URI address, Instant now) {
    var query = new HashMap<String, Object>();
    for (var pair : Objects.requireNonNullElse(address.getQuery(), "").split("&", -1)) {
      var parts = pair.split("=", 2);
      query.put(parts[0], value(parts.length < 2 ? "" : parts[1]));
    }
    var request =
        Map.of(
            "method", "GET", "uri", address.getPath(), "querystring", query, "headers", Map.of());
    var keys = HexFormat.of().formatHex(key(0)) + "," + HexFormat.of().formatHex(key(1));
    try (var edge = EdgeRuntime.start(folder, EdgeCode.objects())) {
      return edge.run(
              Map.of(
                  "event", Map.of("request", request),
                  "values", Map.of("read-keys", keys),
                  "now", now.toEpochMilli()))
          .path("answer");
    }
  }

  @Test
  void makesACreatedBlobOfWhatTheObjectStoreHasTaken() {
    var answer = inViewerResponse("PUT", OBJECT, 200).path("answer");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(201);
    assertThat(answer.path("headers").propertyNames())
        .containsExactlyInAnyOrder("location", "docker-content-digest", "content-length");
    assertThat(answer.path("headers").path("location").path("value").asString())
        .isEqualTo("/v2/library/app/blobs/sha256:" + HEX);
    assertThat(answer.path("headers").path("docker-content-digest").path("value").asString())
        .isEqualTo("sha256:" + HEX);
  }

  @ParameterizedTest
  @CsvSource({"GET, 200", "PUT, 204"})
  void leavesOtherAnswersOfTheObjectStoreAsTheyAre(String method, int status) {
    var answer = inViewerResponse(method, OBJECT, status).path("answer");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
    assertThat(answer.path("headers").has("etag")).isTrue();
  }

  @Test
  void leavesAnswersOfFunctionsAsTheyAre() {
    var answer = inViewerResponse("PUT", "/v2/library/app/manifests/1", 200).path("answer");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
  }

  private JsonNode inViewerRequest(Object event) {
    try (var edge = EdgeRuntime.start(folder, EdgeCode.viewerRequest(Paths.REGISTRY, ALL))) {
      return edge.run(event);
    }
  }

  private JsonNode inViewerResponse(String method, String uri, int status) {
    var headers = Map.of("x-amz-meta-repository", value("library/app"));
    var response =
        Map.of("statusCode", status, "headers", Map.of("etag", value("secret of the store")));
    var event =
        Map.of(
            "request",
            Map.of("method", method, "uri", uri, "headers", headers),
            "response",
            response);
    try (var edge = EdgeRuntime.start(folder, EdgeCode.viewerResponse())) {
      return edge.run(Map.of("event", event));
    }
  }

  private static Map<String, Object> request(
      String method, String uri, Map<String, Object> headers) {
    var all = new HashMap<>(headers);
    all.put("host", value("registry.example"));
    return Map.of(
        "request",
        Map.of(
            "method",
            method,
            "uri",
            uri,
            "querystring",
            Map.of("digest", value("sha256:" + HEX)),
            "headers",
            all));
  }

  private static String header(JsonNode result, String name) {
    return result.path("answer").path("headers").path(name).path("value").asString();
  }

  private static Map<String, Object> value(String text) {
    return Map.of("value", text);
  }
}
