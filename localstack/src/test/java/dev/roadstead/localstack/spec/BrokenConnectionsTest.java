package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.RawConnection;
import dev.roadstead.localstack.RawConnection.RawAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that break off in the middle, or fall silent. */
class BrokenConnectionsTest extends BadInputTest {
  private static final Duration IDLE_LIMIT = Duration.ofMillis(500);

  @Override
  TestRegistry start(Path data) throws IOException {
    return TestRegistry.start(data, IDLE_LIMIT);
  }

  /** Below and above what a function takes, in one piece and in chunks. */
  @ParameterizedTest
  @CsvSource({
    "PUT, 600, false", "PUT, 5000000, false", "PUT, 600, true", "PUT, 5000000, true",
    "PATCH, 600, false", "PATCH, 5000000, false", "PATCH, 600, true", "PATCH, 5000000, true"
  })
  void keepsNothingOfABodyThatBreaksOff(String method, int sizeBytes, boolean chunked) {
    var blob = Content.random(sizeBytes);
    var upload = repository.startUpload();

    try (var connection = begin(method + " " + upload.closing(blob.digest()), blob, chunked)) {
      refuses(connection.endOfSending().readToEnd(), 400);
    }

    storedNothing();
    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
    repository.head("/blobs/" + blob.digest()).expect(404);
    // Where the status says that the upload goes on, it does.
    upload.put(blob.digest(), blob.bytes()).expect(201);
    assertThat(repository.get("/blobs/" + blob.digest()).expect(200).body())
        .isEqualTo(blob.bytes());
    keepsWhatIsStored();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, 600, false", "PUT, 5000000, false", "PUT, 600, true", "PUT, 5000000, true",
    "PATCH, 600, false", "PATCH, 5000000, false", "PATCH, 600, true", "PATCH, 5000000, true"
  })
  void waitsForNobodyForEver(String method, int sizeBytes, boolean chunked) {
    var blob = Content.random(sizeBytes);
    var upload = repository.startUpload();

    try (var connection = begin(method + " " + upload.closing(blob.digest()), blob, chunked)) {
      refuses(connection.readToEnd(), 408);
    }

    storedNothing();
    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
    repository.head("/blobs/" + blob.digest()).expect(404);
  }

  /** All of the head, and the body without its last ten bytes. */
  private RawConnection begin(String request, Content blob, boolean chunked) {
    var size = blob.sizeBytes();
    var framing =
        chunked
            ? "Transfer-Encoding: chunked\n\n" + Integer.toHexString(size) + "\n"
            : "Content-Length: " + size + "\n\n";
    return registry
        .connect()
        .send(request + " HTTP/1.1\nHost: x\n" + framing)
        .send(blob.part(0, size - 11));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storesNoManifestThatBreaksOff(boolean silent) {
    var image = repository.newImage();
    keepsWhatIsStored();
    var request = "PUT " + repository.path("/manifests/v1") + " HTTP/1.1\nHost: x\n";
    // It is a whole manifest, and yet not all that was announced.
    var length = "Content-Length: " + (image.bytes().length + 1) + "\n";
    var type = "Content-Type: " + image.mediaType() + "\n\n";

    try (var connection = registry.connect().send(request + length + type)) {
      connection.send(image.bytes());
      if (silent) {
        refuses(connection.readToEnd(), 408);
      } else {
        refuses(connection.endOfSending().readToEnd(), 400);
      }
    }

    repository.get("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET /v2/ HTTP/1.1\n", "GET /v2/ HTTP/1.1\nHost: x\nA: "})
  void closesAConnectionThatNeverAsks(String beginning) {
    try (var connection = registry.connect()) {
      var words = connection.send(beginning).readToEnd().text();

      assertThat(words).matches("(?s)|HTTP/1.1 40[08] .*");
    }
  }

  @Test
  void goesOnWithAnUploadWhoseConnectionBroke() {
    var blob = Content.random(10_000_000);
    var upload = repository.startUpload();
    upload.patch(blob.part(0, 4_999_999), "0-4999999").expect(202);
    keepsWhatIsStored();

    var rest = new Content(blob.part(5_000_000, 9_999_999));
    try (var connection = begin("PATCH " + upload.location(), rest, true)) {
      refuses(connection.endOfSending().readToEnd(), 400);
    }

    storedNothing();
    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-4999999");
    upload.patch(rest.bytes(), "5000000-9999999").expect(202);
    upload.put(blob.digest()).expect(201);
    keepsWhatIsStored();
  }

  @Test
  void refusesARequestHeadOver64Kilobytes() {
    var reply = registry.http().get("/v2/", "X-Long", "x".repeat(70_000));

    reply.expectError(431, "UNSUPPORTED");
    assertThat(reply.header("Connection")).isEqualToIgnoringCase("close");
  }

  private static void refuses(RawAnswer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    assertThat(answer.body()).startsWith("{\"errors\":[{\"code\":\"UNSUPPORTED\",");
  }
}
