package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.Credentials;
import dev.roadstead.client.HttpAdminTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has done what, and who was refused, as an administrator reads it. */
class AuditTest {
  private static final String PASSWORD = "correct horse";
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"manifests\":[]}";

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.withAccounts(PASSWORD);

  private static AdminClient admin() {
    var registry = URI.create("http://127.0.0.1:" + REGISTRY.port());
    return new AdminClient(
        HttpAdminTransport.as(new Credentials.Password("admin", PASSWORD), registry));
  }

  @BeforeAll
  static void giveRights() throws IOException {
    try (var admin = admin()) {
      admin.put("users/writer", AdminClient.document().put("password", PASSWORD));
      admin.post(
          "grants/writer",
          AdminClient.document()
              .put("role", "maintainer")
              .put("repository", "team/*")
              .put("tag", "dev-*"));
      admin.post("immutability", AdminClient.document().put("repository", "kept/*"));
    }
  }

  private static int send(String method, String path, String body, String password) {
    var both = ("writer:" + password).getBytes(StandardCharsets.UTF_8);
    return REGISTRY
        .send(
            REGISTRY
                .request(path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both))
                .header("Content-Type", TYPE)
                .method(method, BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static int push(String reference) {
    return send("PUT", "/v2/" + reference.replace(":", "/manifests/"), MANIFEST, PASSWORD);
  }

  /** {@code who what about}, the newest first. */
  private static List<String> audit(String... query) throws IOException {
    try (var admin = admin()) {
      var parameters = query.length == 0 ? Map.<String, String>of() : Map.of(query[0], query[1]);
      var entries = admin.list("audit", "entries", parameters).path("entries");
      return StreamSupport.stream(entries.spliterator(), false)
          .map(
              entry ->
                  entry.path("who").asString()
                      + " "
                      + entry.path("network").asString()
                      + " "
                      + entry.path("what").asString()
                      + " "
                      + entry.path("about").asString())
          .toList();
    }
  }

  /** What another process refuses is read in its log, and may be an entry a moment later. */
  private static void awaitEntry(String entry) throws IOException {
    while (!audit("who", "writer").contains(entry)) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void hasEveryPushAndEveryDeletion() throws IOException {
    assertThat(push("team/app:dev-1")).isEqualTo(201);
    assertThat(push("team/app:dev-1")).as("the same again changes nothing").isEqualTo(201);
    assertThat(send("DELETE", "/v2/team/app/manifests/dev-1", "", PASSWORD)).isEqualTo(202);

    var entries = audit("repository", "team/a*");

    assertThat(entries).hasSize(2);
    assertThat(entries.getFirst()).startsWith("writer 127.0.0.1 delete tag team/app:dev-1 sha256:");
    assertThat(entries.getLast()).startsWith("writer 127.0.0.1 push team/app:dev-1 sha256:");
    assertThat(audit("who", "nobody")).isEmpty();
  }

  @Test
  @Timeout(60)
  void hasEveryRefusal() throws IOException {
    assertThat(push("team/refused:prod-1")).isEqualTo(403);
    assertThat(send("GET", "/v2/", "", "another horse")).isEqualTo(401);

    awaitEntry("writer 127.0.0.1 refused: put-manifest team/refused prod-1");
    awaitEntry("writer 127.0.0.1 refused: log-in ");
    assertThat(audit("repository", "team/refused")).hasSize(1);
    assertThat(audit()).noneMatch(entry -> entry.contains("another horse"));
  }

  @Test
  void deletingByDigestTakesTheRightForEveryTag() {
    assertThat(push("team/digest:dev-1")).isEqualTo(201);
    var digest =
        REGISTRY
            .send(
                REGISTRY
                    .request("/v2/team/digest/manifests/dev-1")
                    .header("Authorization", basic("admin"))
                    .HEAD())
            .headers()
            .firstValue("Docker-Content-Digest")
            .orElseThrow();
    var tagged =
        REGISTRY.send(
            REGISTRY
                .request("/v2/team/digest/manifests/prod-1")
                .header("Authorization", basic("admin"))
                .header("Content-Type", TYPE)
                .PUT(BodyPublishers.ofString(MANIFEST)));
    assertThat(tagged.statusCode()).isEqualTo(201);

    var byDigest = "/v2/team/digest/manifests/" + digest;
    assertThat(send("DELETE", byDigest, "", PASSWORD)).isEqualTo(403);
    var untagged =
        REGISTRY.send(
            REGISTRY
                .request("/v2/team/digest/manifests/prod-1")
                .header("Authorization", basic("admin"))
                .DELETE());
    assertThat(untagged.statusCode()).isEqualTo(202);
    assertThat(send("DELETE", byDigest, "", PASSWORD)).isEqualTo(202);
  }

  private static String basic(String user) {
    var both = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  @Test
  void immutableTagsStayWhateverRightSomebodyHas() {
    var other = MANIFEST.replace("[]", "[],\"annotations\":{\"a\":\"b\"}");
    assertThat(asAdmin("PUT", "/v2/kept/app/manifests/v1", MANIFEST)).isEqualTo(201);

    assertThat(asAdmin("PUT", "/v2/kept/app/manifests/v1", other)).isEqualTo(403);
    assertThat(asAdmin("DELETE", "/v2/kept/app/manifests/v1", "")).isEqualTo(403);
    assertThat(asAdmin("PUT", "/v2/kept/app/manifests/v1", MANIFEST)).isEqualTo(201);
  }

  private static int asAdmin(String method, String path, String body) {
    return REGISTRY
        .send(
            REGISTRY
                .request(path)
                .header("Authorization", basic("admin"))
                .header("Content-Type", TYPE)
                .method(method, BodyPublishers.ofString(body)))
        .statusCode();
  }
}
