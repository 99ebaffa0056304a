package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.Credentials;
import dev.roadstead.client.HttpAdminTransport;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Challenges, tokens and statuses of a registry with accounts, over HTTP. */
class AccountsTest {
  private static final String PASSWORD = "correct horse";

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.withAccounts(PASSWORD);

  private static final String NOTHING_THERE =
      "sha256:0000000000000000000000000000000000000000000000000000000000000000";

  private static AdminClient admin() {
    var registry = URI.create("http://127.0.0.1:" + REGISTRY.port());
    return new AdminClient(
        HttpAdminTransport.as(new Credentials.Password("admin", PASSWORD), registry));
  }

  @BeforeAll
  static void giveRights() throws IOException {
    try (var admin = admin()) {
      user(admin, "reader");
      user(admin, "writer");
      user(admin, "stranger");
      grant(admin, "reader", "reader", "team/*", "*");
      grant(admin, "writer", "reader", "team/*", "*");
      grant(admin, "writer", "writer", "team/*", "dev-*");
      grant(admin, "anonymous", "reader", "public/*", "*");
    }
  }

  private static void user(AdminClient admin, String name) throws IOException {
    admin.put("users/" + name, AdminClient.document().put("password", PASSWORD));
  }

  private static void grant(
      AdminClient admin, String holder, String role, String repository, String tag)
      throws IOException {
    admin.post(
        "grants/" + holder,
        AdminClient.document().put("role", role).put("repository", repository).put("tag", tag));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request, String authorization) {
    return REGISTRY.send(
        authorization.isEmpty() ? request : request.header("Authorization", authorization));
  }

  private static String basic(String name, String password) {
    var both = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String token(String name, String scope) {
    var address =
        "/token?service=roadstead&scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8);
    var answer = send(REGISTRY.request(address), name.isEmpty() ? "" : basic(name, PASSWORD));
    assertThat(answer.statusCode()).isEqualTo(200);
    return "Bearer " + json(answer).path("token").asString();
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return new JsonMapper().readTree(answer.body());
  }

  private static Optional<String> challenge(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("WWW-Authenticate");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/, ''",
    "HEAD, /v2/, ''",
    "GET, /v2/_catalog, 'registry:catalog:*'",
    "GET, /v2/team/app/tags/list, 'repository:team/app:pull'",
    "HEAD, /v2/team/app/manifests/1, 'repository:team/app:pull'",
    "GET, /v2/team/app/referrers/" + NOTHING_THERE + ", 'repository:team/app:pull'",
    "PUT, /v2/team/app/manifests/1, 'repository:team/app:pull,push'",
    "DELETE, /v2/team/app/manifests/1, 'repository:team/app:delete'",
    "POST, /v2/team/app/blobs/uploads/, 'repository:team/app:pull,push'",
    "PATCH, /v2/team/app/blobs/uploads/x, 'repository:team/app:pull,push'"
  })
  void everyAddressChallengesWhoeverShowsNothing(String method, String address, String scope) {
    var answer = REGISTRY.send(REGISTRY.request(address).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer).orElseThrow())
        .startsWith("Bearer realm=\"http://127.0.0.1:" + REGISTRY.port() + "/token\"")
        .contains("service=\"roadstead\"")
        .contains(scope.isEmpty() ? "" : "scope=\"" + scope + "\"");
  }

  @Test
  void aTooNarrowTokenIsToldSo() {
    var token = token("reader", "repository:team/app:pull");
    var push = REGISTRY.request("/v2/team/app/blobs/uploads/").POST(BodyPublishers.noBody());
    var answer = send(push, token);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer).orElseThrow()).contains("error=\"insufficient_scope\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer x", "Bearer", "Bearer a.b.c", "Digest x", "x", "Bearer ..", "Negotiate"})
  void whatIsNoTokenIsChallenged(String authorization) {
    var answer = send(REGISTRY.request("/v2/"), authorization);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).isPresent();
  }

  @Test
  void basicIsTakenAndItsRefusalsAreTold() {
    assertThat(send(REGISTRY.request("/v2/"), basic("reader", PASSWORD)).statusCode())
        .isEqualTo(200);
    var wrong = send(REGISTRY.request("/v2/"), basic("reader", "wrong password"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(challenge(wrong)).isPresent();
    var push = REGISTRY.request("/v2/team/app/blobs/uploads/").POST(BodyPublishers.noBody());
    var forbidden = send(push, basic("reader", PASSWORD));
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(LocalRegistryExtension.text(forbidden)).contains("\"DENIED\"");
  }

  @Test
  void forbiddenRepositoriesLookAsAbsentOnesDo() {
    push("team/there", "dev-1");
    for (var authorization :
        new String[] {"", token("reader", "repository:x:pull"), basic("stranger", PASSWORD)}) {
      for (var path : new String[] {"/manifests/dev-1", "/tags/list", "/blobs/" + NOTHING_THERE}) {
        var there = send(REGISTRY.request("/v2/team/there" + path), authorization);
        var absent = send(REGISTRY.request("/v2/team/absnt" + path), authorization);

        assertThat(there.statusCode()).isEqualTo(absent.statusCode()).isIn(401, 403);
        assertThat(there.body()).isEqualTo(absent.body());
      }
    }
  }

  private static void push(String repository, String tag) {
    var answer = push(repository, tag, basic("writer", PASSWORD));
    assertThat(answer.statusCode()).as(LocalRegistryExtension.text(answer)).isEqualTo(201);
  }

  private static HttpResponse<byte[]> push(String repository, String tag, String authorization) {
    var manifest =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}\
        """
            .getBytes(StandardCharsets.UTF_8);
    var request =
        REGISTRY
            .request("/v2/" + repository + "/manifests/" + tag)
            .header("Content-Type", "application/vnd.oci.image.index.v1+json")
            .PUT(BodyPublishers.ofByteArray(manifest));
    return send(request, authorization);
  }

  @Test
  void tagPatternsHoldForBasicAndForTokens() {
    var token = token("writer", "repository:team/tags:pull,push");

    assertThat(push("team/tags", "dev-1", token).statusCode()).isEqualTo(201);
    assertThat(push("team/tags", "prod-1", token).statusCode()).isEqualTo(403);
    assertThat(push("team/tags", "prod-1", basic("writer", PASSWORD)).statusCode()).isEqualTo(403);
  }

  @Test
  void anonymousPullsWhereItMayAndSeesNothingElse() {
    var admin = basic("admin", PASSWORD);
    assertThat(push("public/app", "1", admin).statusCode()).isEqualTo(201);
    assertThat(push("private/app", "1", admin).statusCode()).isEqualTo(201);

    assertThat(REGISTRY.get("/v2/public/app/manifests/1").statusCode()).isEqualTo(200);
    assertThat(REGISTRY.get("/v2/private/app/manifests/1").statusCode()).isEqualTo(401);
    var token = token("", "repository:public/app:pull");
    assertThat(send(REGISTRY.request("/v2/public/app/manifests/1"), token).statusCode())
        .isEqualTo(200);
    assertThat(push("public/app", "2", "").statusCode()).isEqualTo(401);
  }

  @Test
  void theCatalogHasWhatTheCallerMayPull() {
    var admin = basic("admin", PASSWORD);
    push("team/listed", "1", admin);
    push("hidden/app", "1", admin);

    var seen = send(REGISTRY.request("/v2/_catalog"), token("reader", "registry:catalog:*"));

    assertThat(LocalRegistryExtension.text(seen))
        .contains("team/listed")
        .doesNotContain("hidden/app");
    assertThat(LocalRegistryExtension.text(send(REGISTRY.request("/v2/_catalog"), admin)))
        .contains("team/listed", "hidden/app");
  }

  @Test
  void tokensAreGivenByFormTooAndRefreshed() {
    var answer =
        form(
            "grant_type=password&access_type=offline&client_id=x&service=roadstead"
                + "&username=reader&password=correct+horse&scope=repository%3Ateam%2Fapp%3Apull%2Cpush");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("scope").asString()).isEqualTo("repository:team/app:pull");
    assertThat(json(answer).path("expires_in").asInt()).isGreaterThanOrEqualTo(60);

    var refresh = json(answer).path("refresh_token").asString();
    var again = form("grant_type=refresh_token&service=roadstead&refresh_token=" + refresh);
    assertThat(json(again).path("access_token").asString()).isNotEmpty();
    assertThat(form("grant_type=password&username=reader&password=").statusCode()).isEqualTo(401);
    assertThat(form("grant_type=magic").statusCode()).isEqualTo(400);
    assertThat(REGISTRY.get("/token").statusCode()).isEqualTo(401);
    assertThat(REGISTRY.get("/token?service=other").statusCode()).isEqualTo(400);
  }

  private static HttpResponse<byte[]> form(String fields) {
    return REGISTRY.send(
        REGISTRY
            .request("/token")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(fields)));
  }

  @Test
  void onlyAdministratorsAdminister() {
    var status = "/api/v1/status";
    assertThat(REGISTRY.get(status).statusCode()).isEqualTo(401);
    assertThat(send(REGISTRY.request(status), basic("reader", PASSWORD)).statusCode())
        .isEqualTo(403);
    assertThat(send(REGISTRY.request(status), token("admin", "registry:catalog:*")).statusCode())
        .isEqualTo(403);
    assertThat(send(REGISTRY.request(status), basic("admin", PASSWORD)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void accessIsExplained() throws IOException {
    try (var admin = admin()) {
      var answer =
          admin.get(
              "access",
              Map.of(
                  "account", "writer", "action", "push", "repository", "team/a", "tag", "prod-1"));

      assertThat(answer.path("allowed").asBoolean()).isFalse();
      assertThat(answer.path("reason").asString()).contains("role writer", "tag prod-1");
    }
  }

  @Test
  void noSecretIsInTheFilesInTheClear() throws IOException {
    try (var files = Files.walk(REGISTRY.data())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(text.contains(PASSWORD)).as(file.toString()).isFalse();
      }
    }
  }
}
