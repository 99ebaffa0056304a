package dev.roadstead.localstack;

import static dev.roadstead.localstack.LocalRegistryExtension.text;
import static dev.roadstead.route.Limits.FUNCTION_BODY_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole blobs that are too long for a function go past all of them. */
class DirectPutTest {
  private static final Random RANDOM = new Random(2026);
  private static final byte[] BLOB = random(FUNCTION_BODY_BYTES + 1);
  private static final Digest DIGEST = Digest.sha256(BLOB);

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.withoutRelay();

  @Test
  void bringsABlobInOneRequest() {
    var location = REGISTRY.startUpload("good/one");

    var answer = REGISTRY.put(location + "?digest=" + DIGEST, BLOB);

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Docker-Content-Digest")).hasValue(DIGEST.toString());
    var blob = answer.headers().firstValue("Location").orElseThrow();
    assertThat(blob).isEqualTo("/v2/good/one/blobs/" + DIGEST);
    assertThat(REGISTRY.get(blob).body()).isEqualTo(BLOB);
  }

  @RepeatedTest(10)
  void isSeenByTheNextRequestAlthoughTheEventClaimsItToo() {
    var blob = random(FUNCTION_BODY_BYTES + 1);
    var location = REGISTRY.startUpload("seen/at/once");

    REGISTRY.put(location + "?digest=" + Digest.sha256(blob), blob);

    var head = REGISTRY.head("/v2/seen/at/once/blobs/" + Digest.sha256(blob));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(blob.length);
  }

  @Test
  void mayBeRepeated() {
    var location = REGISTRY.startUpload("repeated") + "?digest=" + DIGEST;

    assertThat(REGISTRY.put(location, BLOB).statusCode()).isEqualTo(201);
    assertThat(REGISTRY.put(location, BLOB).statusCode()).isEqualTo(201);
    assertThat(REGISTRY.get("/v2/repeated/blobs/" + DIGEST).body()).isEqualTo(BLOB);
  }

  @Test
  void isRefusedWhenTheBytesHaveAnotherDigest() throws IOException {
    var location = REGISTRY.startUpload("other/bytes");
    var bytes = random(BLOB.length);
    var before = files();

    var answer = REGISTRY.put(location + "?digest=" + DIGEST, bytes);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(text(answer)).contains("DIGEST_INVALID", Digest.sha256(bytes).toString());
    assertThat(REGISTRY.head("/v2/other/bytes/blobs/" + DIGEST).statusCode()).isEqualTo(404);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesNothingWhenItBreaksOff() throws IOException {
    var location = REGISTRY.startUpload("broken/off");
    var before = files();
    try (var connection = REGISTRY.connect()) {
      var answer =
          connection
              .send("PUT " + location + "?digest=" + DIGEST + " HTTP/1.1\nHost: x\n")
              .send("Content-Length: " + BLOB.length + "\n\n")
              .send(Arrays.copyOf(BLOB, BLOB.length - 1))
              .endOfSending()
              .readToEnd();

      assertThat(answer.status()).isEqualTo(400);
    }
    assertThat(REGISTRY.head("/v2/broken/off/blobs/" + DIGEST).statusCode()).isEqualTo(404);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void canBeTriedAgainAfterItFailed() {
    var location = REGISTRY.startUpload("second/try") + "?digest=" + DIGEST;

    assertThat(REGISTRY.put(location, random(BLOB.length)).statusCode()).isEqualTo(400);
    assertThat(REGISTRY.put(location, BLOB).statusCode()).isEqualTo(201);
  }

  @Test
  void isRefusedAtALocationOfAnotherRepository() {
    var elsewhere = REGISTRY.startUpload("theirs").replace("/theirs/", "/ours/");

    assertIsUnknown(elsewhere);
  }

  @Test
  void isRefusedAtALocationThatNobodyGaveOut() {
    var location = REGISTRY.startUpload("forged");
    var last = location.charAt(location.length() - 2) == 'A' ? "BA" : "AA";

    assertIsUnknown(location.substring(0, location.length() - 2) + last);
  }

  @Test
  void isRefusedAtALocationThatHasExpired() throws IOException {
    var secret = Files.readAllBytes(REGISTRY.data().resolve("keys/upload-locations"));
    var expired =
        new UploadLocation(
            new RepositoryName("late"), new SessionId(UUID.randomUUID()), Phase.FRESH, 1);

    assertIsUnknown("/v2/late/blobs/uploads/" + new LocationKeys(List.of(secret)).sign(expired));
  }

  @Test
  void isNoWayForADigestThatTheStoreCannotCheck() {
    var location = REGISTRY.startUpload("sha512");

    var answer = REGISTRY.put(location + "?digest=" + Digest.of(HashAlgorithm.SHA512, BLOB), BLOB);

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  private static void assertIsUnknown(String location) {
    var answer = REGISTRY.put(location + "?digest=" + DIGEST, BLOB);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(text(answer)).contains("BLOB_UPLOAD_UNKNOWN");
  }

  /** Every file that could hold bytes of a blob. */
  private static List<String> files() throws IOException {
    try (var objects = Files.walk(REGISTRY.data().resolve("objects"));
        var unfinished = Files.walk(REGISTRY.data().resolve("tmp"))) {
      return Stream.concat(objects, unfinished)
          .filter(Files::isRegularFile)
          .map(Object::toString)
          .toList();
    }
  }

  private static byte[] random(int size) {
    var bytes = new byte[size];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
