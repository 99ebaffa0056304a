package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Servers;
import dev.roadstead.localstack.TroubledServer.Trouble;
import dev.roadstead.model.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client and the operator hear when DynamoDB or S3 refuses, is silent or is gone; and that
 * an upload goes on when it is back.
 */
class StoreFailuresTest {
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
  private static final String MANIFEST = "/v2/team/app/manifests/latest";
  private static final Pattern REQUEST_ID = Pattern.compile("\\(request ([0-9a-f-]{36})\\)");

  private final HttpClient client = HttpClient.newHttpClient();
  private TroubledServer dynamoDb;
  private TroubledServer s3;
  private LocalRegistry registry;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    dynamoDb = TroubledServer.before(Servers.MOTO.running().address());
    s3 = TroubledServer.before(Servers.VERSITYGW.running().address());
    var name = "test-" + UUID.randomUUID();
    var settings =
        new AwsSettings(name, name, Optional.of(s3.address()), Optional.of(dynamoDb.address()));
    registry =
        LocalRegistry.start(
            new LocalOptions(InetAddress.getLoopbackAddress(), 0, data, true, false)
                .with(new Backend.Aws(settings, Optional.empty())));
  }

  @AfterEach
  void stop() {
    if (registry != null) { // nothing was skipped
      registry.close();
      s3.close();
      dynamoDb.close();
    }
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ExpiredTokenException, the credentials have expired",
    "400, UnrecognizedClientException, the credentials are not known",
    "400, AccessDeniedException, the credentials lack a permission",
    "400, ResourceNotFoundException, check its name and AWS_REGION",
    "400, ProvisionedThroughputExceededException, the service is busy",
    "500, InternalServerError, the service has an outage"
  })
  void tellsWhatDynamoDbSays(int status, String code, String advice) {
    dynamoDb.has(new Trouble.Refusal(status, "{\"__type\":\"service#%s\"}".formatted(code)));

    var log = logged(() -> isUnavailable(get(MANIFEST)));

    assertThat(log).contains("operation=get-manifest", "action=GetItem", "code=" + code, advice);
  }

  @ParameterizedTest
  @CsvSource({
    "403, ExpiredToken, the credentials have expired",
    "403, AccessDenied, the credentials lack a permission",
    "400, AuthorizationHeaderMalformed, the bucket is in another Region",
    "301, PermanentRedirect, the bucket is in another Region",
    "404, NoSuchBucket, check its name and AWS_REGION",
    "503, SlowDown, the service is busy",
    "500, InternalError, the service has an outage"
  })
  void tellsWhatS3SaysAndLetsTheUploadGoOn(int status, String code, String advice) {
    var upload = startUpload();
    s3.has(new Trouble.Refusal(status, "<Error><Code>%s</Code></Error>".formatted(code)));

    var log = logged(() -> isUnavailable(put(upload)));

    assertThat(log).contains("operation=finish-upload", "action=PutObject", "code=" + code, advice);
    s3.isWell();
    assertThat(get("/v2/team/app/blobs/" + Digest.sha256(BLOB)).statusCode()).isEqualTo(404);
    assertThat(put(upload).statusCode()).isEqualTo(201);
  }

  @Test
  void tellsThatAServerIsGone() {
    dynamoDb.close();

    var log = logged(() -> isUnavailable(get(MANIFEST)));

    assertThat(log).contains("code=ConnectException", "the endpoint does not answer");
  }

  @Tag("long") // ten seconds of silence
  @Test
  void tellsThatAServerIsSilent() {
    dynamoDb.has(new Trouble.Silence());

    var log = logged(() -> isUnavailable(get(MANIFEST)));

    assertThat(log).contains("code=SocketTimeoutException", "the endpoint does not answer");
  }

  /** Says that a client is told nothing but to try again, and a request id. */
  private static String isUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .startsWith("{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"")
        .doesNotContain("127.0.0.1", "Exception", "Denied", "credentials", "dev.roadstead");
    var id = REQUEST_ID.matcher(answer.body());
    assertThat(id.find()).as(answer.body()).isTrue();
    return id.group(1);
  }

  /** Some work that leaves one line in the log, with the request id that it gives back. */
  private static String logged(Supplier<String> work) {
    var log = new ByteArrayOutputStream();
    var err = System.err;
    String requestId;
    try (var printer = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      System.setErr(printer);
      requestId = work.get();
    } finally {
      System.setErr(err);
    }
    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).contains("request failed: requestId=" + requestId, "advice=\"");
    return lines.getFirst();
  }

  private String startUpload() {
    var answer = send(request("/v2/team/app/blobs/uploads/").POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> put(String upload) {
    var closing = upload + "?digest=" + Digest.sha256(BLOB);
    return send(request(closing).PUT(BodyPublishers.ofByteArray(BLOB)));
  }

  private HttpResponse<String> get(String path) {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registry.port()).resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }
}
