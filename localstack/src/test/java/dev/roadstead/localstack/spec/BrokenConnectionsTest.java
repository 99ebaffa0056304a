package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

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

  private static final String MANIFEST = "Content-Type: " + Manifest.OCI_IMAGE;

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
      connection.breakOff().lastWords(method).ifPresent(reply -> reply.expect(400).errors());
    }

    storedNothing();
    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
    repository.head("/blobs/" + blob.digest()).expect(404);
    upload.put(blob.digest(), blob.bytes()).expect(201);
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
      var reply = connection.lastWords(method).orElseThrow();
      reply.expectError(408, "UNSUPPORTED");
    }

    storedNothing();
    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
    repository.head("/blobs/" + blob.digest()).expect(404);
  }

  /** All of the head, and the body without its last ten bytes. */
  private RawConnection begin(String request, Content blob, boolean chunked) {
    var most = blob.part(0, blob.sizeBytes() - 11);
    var connection = registry.connect();
    return chunked
        ? connection
            .head(request, "Transfer-Encoding: chunked")
            .text(Integer.toHexString(blob.sizeBytes()) + "\r\n")
            .bytes(most)
        : connection.head(request, "Content-Length: " + blob.sizeBytes()).bytes(most);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void storesNoManifestThatBreaksOff(boolean silent) {
    var image = repository.newImage();
    keepsWhatIsStored();
    var request = "PUT " + repository.path("/manifests/v1");
    // Without the white space at its end it is a whole manifest, and yet not what was announced.
    var length = "Content-Length: " + (image.bytes().length + 1);

    try (var connection = registry.connect().head(request, MANIFEST, length)) {
      connection.bytes(image.bytes());
      if (silent) {
        connection.lastWords("PUT").orElseThrow().expectError(408, "UNSUPPORTED");
      } else {
        connection.breakOff().lastWords("PUT").ifPresent(reply -> reply.expect(400).errors());
      }
    }

    repository.get("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET /v2/ HTTP/1.1\r\n", "GET /v2/ HTTP/1.1\r\nHost: x\r\nA: "})
  void closesAConnectionThatNeverAsks(String beginning) {
    try (var connection = registry.connect()) {
      var words = connection.text(beginning).lastWords("GET");

      words.ifPresent(reply -> assertThat(reply.status()).isIn(400, 408));
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
      connection.breakOff().lastWords("PATCH");
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
}
