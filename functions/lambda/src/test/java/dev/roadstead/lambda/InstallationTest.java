package dev.roadstead.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpServer;
import dev.roadstead.endpoints.FunctionKeys;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.secret.Purpose;
import dev.roadstead.secret.SecretTable;
import dev.roadstead.secret.Secrets;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.crac.Core;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Functions as they are in an installation: with keys from a table, behind an edge of their own.
 */
class InstallationTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ADDRESS = "/v2/team/app/manifests/v1";

  private final MemoryFunctions functions = new MemoryFunctions();
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private volatile int taken = 200;
  private HttpServer cloudFormation;

  @BeforeEach
  void install() throws IOException {
    cloudFormation =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloudFormation.createContext(
        "/answer",
        exchange -> {
          answers.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(taken, -1);
          exchange.close();
        });
    cloudFormation.start();
    var settings =
        FunctionSettings.of(
            Map.of("ROADSTEAD_FUNCTION", "ping", "ROADSTEAD_SECRETS_TABLE", "secrets"));
    functions.keys = FunctionKeys.of(settings, table -> functions.secrets, InstantSource.system());
  }

  @AfterEach
  void stop() {
    cloudFormation.stop(0);
  }

  @ParameterizedTest
  @EnumSource
  void noFunctionAnswersWhatTheEdgeHasNotSent(Operation operation) {
    deploy("Create");
    var event =
        PrimingEvent.of(operation, functions.keys.location(), new OriginSecrets(Optional.empty()));
    functions.calls.restart();

    var answer = functions.call(operation, event);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"this address is for the registry's own"
                + " edge; use the registry's\"}]}");
    assertThat(functions.calls.calls()).as("calls of the stores").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "guessed", "0"})
  void refusesAnotherSecret(String said) {
    deploy("Create");

    assertThat(call(said).status()).isEqualTo(403);
  }

  /** The edge says its key of now; before and after an exchange functions may know another one. */
  @Test
  void believesEveryKeyOfTheEdgesRing() {
    deploy("Create");
    for (var key : secrets().keys(Purpose.ORIGIN)) {
      assertThat(call(HexFormat.of().formatHex(key)).status()).isEqualTo(401);
    }
    assertThat(call(HexFormat.of().formatHex(secrets().keys(Purpose.EDGE).getFirst())).status())
        .isEqualTo(403);
  }

  @Test
  void alwaysHasAccounts() {
    deploy("Create");
    var password = JSON.readTree(run(Job.SET_ADMINISTRATOR, "{}")).path("password").asString();

    assertThat(call(edge(), "Basic " + base64("admin:" + password)).status()).isEqualTo(404);
    assertThat(call(edge(), "Basic " + base64("admin:wrong-password")).status()).isEqualTo(401);
    assertThat(call(edge()).status()).isEqualTo(401);
  }

  @Test
  void theAdministratorIsShownOnceAndAgainOnlyWithAnotherPassword() {
    var first = JSON.readTree(run(Job.SET_ADMINISTRATOR, "{}"));
    var second = JSON.readTree(run(Job.SET_ADMINISTRATOR, "{}"));

    assertThat(first.path("administrator").asString()).isEqualTo("admin");
    assertThat(second.path("password")).isNotEqualTo(first.path("password"));
    assertThat(functions.metadata.all().toString())
        .doesNotContain(first.path("password").asString())
        .contains("argon2id$");
  }

  @Test
  void aDeploymentMakesTheKeysAndHearsOfNone() {
    var answer = deploy("Create");

    assertThat(answer.path("Status").asString()).isEqualTo("SUCCESS");
    assertThat(answer.propertyNames())
        .containsExactlyInAnyOrder(
            "Status", "PhysicalResourceId", "StackId", "RequestId", "LogicalResourceId");
    assertThat(functions.edge.texts()).containsAllEntriesOf(secrets().edgeTexts());
    assertThat(functions.edge.texts()).containsEntry("anonymous-0", "-");
  }

  @Test
  void theNextDeploymentLeavesTheKeysAndIsTheSameResource() {
    var before = deploy("Create");
    var generation = secrets().generation();
    var after = deploy("Update");

    assertThat(secrets().generation()).isEqualTo(generation);
    assertThat(after.path("PhysicalResourceId")).isEqualTo(before.path("PhysicalResourceId"));
  }

  @Test
  void aDeploymentThatGoesLeavesTheKeysToTheirTable() {
    assertThat(deploy("Delete").path("Status").asString()).isEqualTo("SUCCESS");
    assertThat(functions.secrets.all()).isEmpty();
  }

  @Test
  void aDeploymentHearsWhyItFailed() {
    functions.edgeCalls.actBefore(
        0,
        () -> {
          throw new StoreException("the edge cannot be reached");
        });

    var answer = deploy("Create");

    assertThat(answer.path("Status").asString()).isEqualTo("FAILED");
    assertThat(answer.path("Reason").asString()).isEqualTo("the edge cannot be reached");
  }

  @Test
  void failsWhenTheDeploymentDoesNotHearOfIt() {
    taken = 403;

    assertThatIllegalStateException()
        .isThrownBy(() -> deploy("Create"))
        .withMessage("CloudFormation did not take the answer: 403");
  }

  @Test
  void aScheduleAndAChangeOfGrantsUpdateTheEdgeToo() {
    run(Job.UPDATE_EDGE, "{\"source\":\"aws.events\"}");
    assertThat(functions.edge.texts()).containsKey("location-keys");

    run(Job.UPDATE_EDGE, "{\"Records\":[{\"eventSource\":\"aws:dynamodb\"}]}");
    assertThat(functions.edge.texts()).containsAllEntriesOf(secrets().edgeTexts());
  }

  @ParameterizedTest
  @EnumSource
  void isPrimedBeforeTheDoorAndBehindIt(Operation operation) {
    deploy("Create");
    var wiring = functions.wiring(operation);
    functions.calls.restart();

    wiring.priming(wiring.handler()).beforeCheckpoint(Core.getGlobalContext());

    assertThat(functions.metadata.all()).isEmpty();
    assertThat(functions.calls.calls()).isNotEmpty();
  }

  @Test
  void leadsToTheCdnByTheObjectsKey() {
    deploy("Create");
    var reads =
        new CdnReads(functions.blobs, functions.keys.reads(), () -> Instant.ofEpochSecond(1_000));
    var address = reads.readAddress(new ObjectKey("data/ab/x"), Duration.ofSeconds(60));

    assertThat(address.toString())
        .matches("/data/ab/x\\.object\\?until=1060&code=[A-Za-z0-9_-]{43}");
    assertThat(functions.edge.texts()).containsKey("read-keys");
  }

  private Secrets secrets() {
    return new SecretTable(functions.secrets).read().orElseThrow();
  }

  private String edge() {
    return functions.edge.texts().getOrDefault("origin-keys", "").split(",", -1)[0];
  }

  private Response call(String said) {
    return functions.call(
        Operation.GET_MANIFEST, Event.get(ADDRESS).with(OriginSecrets.HEADER, said).json());
  }

  private Response call(String said, String authorization) {
    var headers = Map.of(OriginSecrets.HEADER, said, "authorization", authorization);
    var event = new Event("GET", ADDRESS, "", headers, new byte[0]);
    return functions.call(Operation.GET_MANIFEST, event.json());
  }

  private byte[] run(Job job, String event) {
    var bytes = event.getBytes(StandardCharsets.UTF_8);
    return functions.wiring(job).handler().apply(new ByteArrayInputStream(bytes));
  }

  /** What CloudFormation hears of a request of this type. */
  private JsonNode deploy(String type) {
    var event =
        """
        {"RequestType": "%s", "ResponseURL": "http://127.0.0.1:%d/answer", "StackId": "stack",
         "RequestId": "request", "LogicalResourceId": "Keys", "ResourceProperties": {}}
        """
            .formatted(type, cloudFormation.getAddress().getPort());
    run(Job.UPDATE_EDGE, event);
    return answers.remove();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
