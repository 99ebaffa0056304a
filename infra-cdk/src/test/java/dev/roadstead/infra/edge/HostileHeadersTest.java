package dev.roadstead.infra.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a client may send to get more than a plain upload, or to be taken for somebody else. */
class HostileHeadersTest {
  /** Whatever S3 would do something for, and whatever ours believe of each other. */
  private static final List<String> HOSTILE =
      List.of(
          "authorization",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-md5",
          "expires",
          "if-match",
          "if-none-match",
          "x-amz-acl",
          "x-amz-bypass-governance-retention",
          "x-amz-checksum-algorithm",
          "x-amz-checksum-crc32",
          "x-amz-content-sha256",
          "x-amz-copy-source",
          "x-amz-copy-source-range",
          "x-amz-date",
          "x-amz-decoded-content-length",
          "x-amz-expected-bucket-owner",
          "x-amz-grant-full-control",
          "x-amz-grant-read",
          "x-amz-meta-repository",
          "x-amz-object-lock-legal-hold",
          "x-amz-object-lock-mode",
          "x-amz-request-payer",
          "x-amz-sdk-checksum-algorithm",
          "x-amz-security-token",
          "x-amz-server-side-encryption",
          "x-amz-server-side-encryption-aws-kms-key-id",
          "x-amz-server-side-encryption-customer-algorithm",
          "x-amz-server-side-encryption-customer-key",
          "x-amz-server-side-encryption-customer-key-md5",
          "x-amz-storage-class",
          "x-amz-tagging",
          "x-amz-trailer",
          "x-amz-website-redirect-location",
          "x-amz-write-offset-bytes",
          "x-forwarded-host",
          "x-http-method-override",
          "x-roadstead-origin");

  private static final byte[] KEY = new byte[LocationKeys.KEY_BYTES];
  private static final RepositoryName NAME = new RepositoryName("team/app");
  private static final Digest DIGEST = Digest.sha256(new byte[0]);
  private static final String LONG = "5000000";

  @TempDir private Path folder;

  @Test
  void passesNoneOfThemToTheObjectStore() {
    var location = new UploadLocation(NAME, new SessionId(new UUID(0, 0)), Phase.FRESH, 10);
    var segment = new LocationKeys(List.of(KEY)).sign(location);
    var result = run("PUT", "/v2/team/app/blobs/uploads/" + segment);
    var sent = result.path("answer").path("headers");

    assertThat(result.path("origin").asString()).isEqualTo("objects");
    assertThat(sent.propertyNames())
        .containsExactlyInAnyOrder(
            "host",
            "content-length",
            "content-type",
            "x-amz-checksum-sha256",
            "x-amz-content-sha256",
            "x-amz-meta-repository");
    assertThat(sent.toString()).doesNotContain("hostile");
    assertThat(result.path("answer").path("querystring").isEmpty()).isTrue();
  }

  @Test
  void letsNobodyBeTakenForTheEdge() {
    var sent = run("GET", "/v2/").path("answer").path("headers");

    assertThat(sent.at("/x-forwarded-host/value").asString()).isEqualTo("registry.example");
    assertThat(sent.at("/x-roadstead-origin/value").asString()).isEqualTo("the edge");
  }

  private JsonNode run(String method, String uri) {
    var headers = new HashMap<String, Object>();
    HOSTILE.forEach(name -> headers.put(name, Map.of("value", "Basic hostile")));
    headers.put("host", Map.of("value", "registry.example"));
    headers.put("content-length", Map.of("value", method.equals("PUT") ? LONG : "0"));
    var query = Map.of("digest", Map.of("value", DIGEST.toString()));
    var request = Map.of("method", method, "uri", uri, "querystring", query, "headers", headers);
    var values =
        Map.of("location-keys", HexFormat.of().formatHex(KEY), "origin-keys", "the edge,the next");
    var code = EdgeCode.viewerRequest(Paths.REGISTRY, new Ways(true, true));
    try (var edge = EdgeRuntime.start(folder, code)) {
      return edge.run(Map.of("event", Map.of("request", request), "values", values, "now", 1));
    }
  }
}
