package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.aws.Servers;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.endpoints.http.RefusalLine;
import dev.roadstead.endpoints.jobs.LoggedPulls;
import dev.roadstead.endpoints.jobs.SetAdministrator;
import dev.roadstead.localstack.TestBackend;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.AuditLog;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.PullCount;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.route.Job;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The jobs as they are packaged, begun as in the cloud, on servers that stand in for it. */
@Tag("long") // every test starts processes anew
class JobsTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final byte[] BLOB = "a layer".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.sha256(BLOB);
  private static final String SCHEDULED = "{\"source\":\"aws.scheduler\",\"detail\":{}}";

  private AwsSettings settings;
  private AwsStores stores;
  private Functions functions;

  @BeforeEach
  void open() throws IOException {
    var code = PackageUnderTest.open();
    settings = TestBackend.onServers();
    stores = Servers.stores(settings);
    stores.setup().table();
    stores.setup().bucket();
    var jobs = new HashMap<String, FunctionPackage>();
    for (var job : Job.values()) {
      jobs.put(job.functionName(), code.quickToStart().with(variables(job)));
    }
    functions =
        new Functions(jobs, Functions.Scale.DEFAULT, UUID::randomUUID, InstantSource.system());
  }

  private Map<String, String> variables(Job job) {
    var variables = new HashMap<>(Servers.variables());
    variables.putAll(settings.variables());
    var keys = List.of(new byte[LocationKeys.KEY_BYTES]);
    variables.putAll(
        new FunctionSettings(job, keys, Optional.empty(), RegistrySettings.DEFAULTS).variables());
    return variables;
  }

  @AfterEach
  void close() {
    if (functions != null) { // nothing was skipped
      functions.close();
      stores.close();
    }
  }

  @Test
  void blobCreatedClaimsWhatADirectPutHasBrought() throws Exception {
    var session = startUpload(Instant.now());
    var object = directPut(session);

    run(Job.BLOB_CREATED, created(object));

    assertThat(item(Keys.link(REPOSITORY, DIGEST))).isPresent();
    assertThat(item(Keys.session(REPOSITORY, session))).isEmpty();
  }

  @Test
  void blobCreatedMayComeTwiceAndTooLate() throws Exception {
    var object = directPut(startUpload(Instant.now()));
    var gone = new ObjectKey("in/0/1/2");

    run(Job.BLOB_CREATED, created(object));
    run(Job.BLOB_CREATED, created(object));
    run(Job.BLOB_CREATED, created(gone));

    assertThat(item(Keys.link(REPOSITORY, DIGEST))).isPresent();
    assertThat(stores.blobs().head(object)).as("the bytes of the blob").isPresent();
  }

  @Test
  void blobCreatedDoesNothingWhereItIsToldNothingAndFailsWhereItIsNotToldInJson() throws Exception {
    run(Job.BLOB_CREATED, SCHEDULED);

    assertThatThrownBy(() -> run(Job.BLOB_CREATED, "{")).isInstanceOf(InvocationException.class);
  }

  @Test
  void countPullsAddsUpWhatTheLogHasHoweverOftenItIsDelivered() throws Exception {
    var lines = logged(LoggedPulls.MARK + REPOSITORY + " digest=" + DIGEST);

    run(Job.COUNT_PULLS, lines);
    run(Job.COUNT_PULLS, lines);

    var today = PullCount.dayOf(Instant.now().toEpochMilli());
    assertThat(new Pulls(environment(Instant.now())).list(REPOSITORY, 0, Optional.empty(), 10))
        .extracting(Pulls.Listing::counts)
        .isEqualTo(List.of(new PullCount(today, REPOSITORY, DIGEST, 1)));
  }

  @Test
  void recordRefusalsMakesOneEntryOfALineHoweverOftenItIsDelivered() throws Exception {
    var lines =
        logged(
            "%s%s at=%d who=ci network=192.0.2.1 what=log-in repository= about=\"\""
                .formatted(RefusalLine.MARK, UUID.randomUUID(), Instant.now().toEpochMilli()));

    run(Job.RECORD_REFUSALS, lines);
    run(Job.RECORD_REFUSALS, lines);

    var log = new AuditLog(environment(Instant.now()));
    assertThat(log.list(entry -> true, 0, Optional.empty(), 10).entries())
        .extracting(entry -> entry.who() + " " + entry.what())
        .containsExactly("ci refused: log-in");
  }

  /** As CloudWatch Logs tells of a line (user guide, "Subscription filters with AWS Lambda"). */
  private static String logged(String line) throws IOException {
    var json =
        """
        {"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"a","logStream":"b",
         "subscriptionFilters":["c"],
         "logEvents":[{"id":"37","timestamp":%d,"message":"%s\\n"}]}"""
            .formatted(Instant.now().toEpochMilli(), line.replace("\"", "\\\""));
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return "{\"awslogs\":{\"data\":\"%s\"}}"
        .formatted(Base64.getEncoder().encodeToString(packed.toByteArray()));
  }

  @Test
  void runCollectorEndsASessionThatStoodStillForTwoDays() throws Exception {
    var old = startUpload(Instant.now().minus(Duration.ofDays(2)));
    var young = startUpload(Instant.now());

    run(Job.RUN_COLLECTOR, SCHEDULED);

    assertThat(item(Keys.session(REPOSITORY, old))).isEmpty();
    assertThat(item(Keys.session(REPOSITORY, young))).isPresent();
  }

  @Test
  void setAdministratorShowsThePasswordAndKeepsItsHash() throws Exception {
    assertThat(answer(Job.SET_ADMINISTRATOR, "{}"))
        .matches("\\{\"administrator\":\"admin\",\"password\":\"[\\w-]{20}\"}");
    assertThat(item(Keys.account(SetAdministrator.NAME)).orElseThrow().text("secret"))
        .startsWith("argon2id$");
  }

  private SessionId startUpload(Instant when) {
    return new Uploads(environment(when)).start(REPOSITORY, Optional.empty());
  }

  private Environment environment(Instant when) {
    return new Environment(
        stores.metadata(),
        stores.blobs(),
        InstantSource.fixed(when),
        UUID::randomUUID,
        RegistrySettings.DEFAULTS);
  }

  private ObjectKey directPut(SessionId session) throws IOException, InterruptedException {
    var key = Keys.directPut(REPOSITORY, DIGEST, session);
    var signed = stores.blobs().directPut(key, DIGEST, REPOSITORY);
    var request = HttpRequest.newBuilder(signed.address()).PUT(BodyPublishers.ofByteArray(BLOB));
    signed.headers().forEach(request::header);
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(request.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
    return key;
  }

  /** As S3 tells it (user guide, "Event message structure"). */
  private String created(ObjectKey key) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-central-1",
          "eventTime":"2026-01-01T00:00:00.000Z","eventName":"ObjectCreated:Put",
          "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"%s"},
                "object":{"key":"%s","size":%d}}}]}"""
        .formatted(settings.bucket(), key.objectName(), BLOB.length);
  }

  private Optional<Item> item(Key key) {
    return stores.metadata().get(key, Consistency.STRONG);
  }

  private void run(Job job, String event) throws Exception {
    assertThat(answer(job, event)).isEqualTo("{}");
  }

  private String answer(Job job, String event) throws Exception {
    var done =
        functions.invoke(
            job.functionName(), event.getBytes(StandardCharsets.UTF_8), job.timeLimit());
    return new String(done, StandardCharsets.UTF_8);
  }
}
