package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.AwsStores;
import dev.roadstead.aws.Servers;
import dev.roadstead.endpoints.jobs.BlobCreated;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.ObjectKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3EventsTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final byte[] BLOB = "a blob".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.sha256(BLOB);
  private static final SessionId SESSION = new SessionId(new UUID(1, 2));
  private static final ObjectKey KEY = Keys.directPut(REPOSITORY, DIGEST, SESSION);

  private final AwsSettings settings = TestBackend.onServers();
  private final AwsStores stores = Servers.stores(settings);
  private final S3Events events = new S3Events(settings.bucket(), stores.origins()::repository);

  @BeforeEach
  void makeBucket() {
    stores.setup().bucket();
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectCreated:Put", "s3:ObjectCreated:Put"})
  void tellWhichDirectPutHasArrivedAndForWhom(String name) throws Exception {
    putDirectly();

    assertThat(events.read(event(name, settings.bucket(), KEY.objectName())))
        .containsExactly(new BlobCreated.Event(REPOSITORY, DIGEST, SESSION));
  }

  @Test
  void comeThroughEventBridgeToo() throws Exception {
    putDirectly();
    var announced =
        """
        {"source": "aws.s3", "detail-type": "%s",
         "detail": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": 6}}}
        """;
    var bucket = settings.bucket();
    var key = KEY.objectName();

    assertThat(events.read(bytes(announced.formatted("Object Created", bucket, key))))
        .containsExactly(new BlobCreated.Event(REPOSITORY, DIGEST, SESSION));
    assertThat(events.read(bytes(announced.formatted("Object Created", "other", key)))).isEmpty();
    assertThat(events.read(bytes(announced.formatted("Object Deleted", bucket, key)))).isEmpty();
    assertThat(
            events.read(bytes(announced.formatted("Object Created", bucket, "data/ab/x.object"))))
        .isEmpty();
  }

  @Test
  void areReadInTheEncodingOfTheirKeys() throws Exception {
    putDirectly();
    var encoded = KEY.objectName().replace("/", "%2F");

    assertThat(events.read(event("ObjectCreated:Put", settings.bucket(), encoded))).hasSize(1);
  }

  @Test
  void sayNothingOfWhatIsNoDirectPut() throws Exception {
    putDirectly();
    stores.blobs().put(new ObjectKey("data/ab/other"), BLOB);
    stores.blobs().put(new ObjectKey("in/somebody/else/s"), BLOB);
    var bucket = settings.bucket();
    var created = "ObjectCreated:Put";

    assertThat(events.read(event(created, bucket, "data/ab/other.object"))).isEmpty();
    assertThat(events.read(event(created, bucket, "in/somebody/else/s.object"))).isEmpty();
    assertThat(events.read(event(created, bucket, "in/../../etc/passwd"))).isEmpty();
    assertThat(events.read(event(created, "other", KEY.objectName()))).isEmpty();
    assertThat(events.read(event("ObjectRemoved:Delete", bucket, KEY.objectName()))).isEmpty();
  }

  @Test
  void sayNothingOfWhatIsGone() {
    assertThat(events.read(event("ObjectCreated:Put", settings.bucket(), KEY.objectName())))
        .isEmpty();
  }

  @Test
  void mayBeOfAnotherKind() {
    assertThat(events.read(bytes("{\"Event\":\"s3:TestEvent\"}"))).isEmpty();
    assertThat(events.read(bytes("[7]"))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> events.read(bytes("{")));
  }

  private void putDirectly() throws IOException, InterruptedException {
    var signed = stores.blobs().directPut(KEY, DIGEST, REPOSITORY);
    var put = HttpRequest.newBuilder(signed.address()).PUT(BodyPublishers.ofByteArray(BLOB));
    signed.headers().forEach(put::header);
    try (var client = HttpClient.newHttpClient()) {
      assertThat(client.send(put.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private static byte[] event(String name, String bucket, String key) {
    return bytes(
        """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"%s",
          "s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":6}}}]}\
        """
            .formatted(name, bucket, key));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
