package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of wrong bytes, in a wrong order, to wrong locations. */
class BadUploadsTest extends BadInputTest {
  /** Above what a function takes: these bytes go another way. */
  private static final int LONG_BYTES = 5_000_000;

  private static final byte[] NOTHING = {};

  private final Content other = Content.random(600);

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  void makesNoBlobOfAPutWithAnotherDigest(int sizeBytes) {
    var upload = repository.startUpload();

    var reply = upload.put(other.digest(), Content.random(sizeBytes).bytes());

    hasNoOtherBlob(reply);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  void makesNoBlobOfAPostWithAnotherDigest(int sizeBytes) {
    hasNoOtherBlob(repository.postBlob(Content.random(sizeBytes), other.digest()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  void makesNoBlobOfAStreamWithAnotherDigest(int sizeBytes) {
    var upload = repository.startUpload();
    var bytes = Content.random(sizeBytes).bytes();

    hasNoOtherBlob(registry.http().stream("PUT", upload.closing(other.digest()), bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {600, LONG_BYTES})
  void makesNoBlobOfChunksWithAnotherDigest(int sizeBytes) {
    var upload = repository.startUpload();
    upload.patch(Content.random(sizeBytes).bytes()).expect(202);
    upload.patch(Content.random(sizeBytes).bytes()).expect(202);

    hasNoOtherBlob(upload.put(other.digest()));

    upload.status().expectError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void leavesNothingOfALongPutWithAnotherDigest() {
    var upload = repository.startUpload();

    upload.put(other.digest(), Content.random(LONG_BYTES).bytes()).expect(400);

    storedNothing();
    upload.put(other.digest(), other.bytes()).expect(201);
    keepsWhatIsStored();
  }

  /**
   * What was sent in vain may wait in the trash for the collector, but nobody gets it as a blob.
   */
  private void hasNoOtherBlob(Reply reply) {
    reply.expectError(400, "DIGEST_INVALID");
    repository.head("/blobs/" + other.digest()).expect(404);
    repository.get("/blobs/" + other.digest()).expectError(404, "BLOB_UNKNOWN");
    keepsWhatIsStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0-599", "1-600", "99-698", "101-700", "600-1199"})
  void takesNoChunkThatLeavesAGapOrOverlaps(String range) {
    var upload = repository.startUpload();
    upload.patch(other.part(0, 99), "0-99").expect(202);
    keepsWhatIsStored();

    var refused = upload.patch(Content.random(600).bytes(), range);

    refused.expectError(416, "BLOB_UPLOAD_INVALID");
    assertThat(refused.header("Range")).isEqualTo("0-99");
    assertThat(refused.header("Location")).startsWith(repository.path("/blobs/uploads/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "abc",
        "0",
        "0-",
        "-599",
        "599-0",
        "0-599-",
        "0--599",
        "-1-598",
        "bytes",
        "a-b",
        "0x0-0x9",
        "0-99999999999999999999999",
        "0-599,600-700",
        "0-599/600/700"
      })
  void takesNoChunkWithARangeThatIsNone(String range) {
    var upload = repository.startUpload();

    upload.patch(other.bytes(), range).expectError(400, "BLOB_UPLOAD_INVALID");
    upload
        .put(other.digest(), other.bytes(), "Content-Range", range)
        .expectError(400, "BLOB_UPLOAD_INVALID");

    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
  }

  @ParameterizedTest
  @CsvSource({"0-598, 600", "0-600, 600", "0-0, 600", "0-4999999, 4999999", "0-4999999, 5000001"})
  void takesNoChunkOfAnotherLengthThanItsRange(String range, int sizeBytes) {
    var upload = repository.startUpload();
    var bytes = Content.random(sizeBytes).bytes();

    upload.patch(bytes, range).expectError(400, "SIZE_INVALID");
    var path = upload.location();
    registry.http().stream("PATCH", path, bytes, "Content-Range", range)
        .expectError(400, "SIZE_INVALID");

    assertThat(upload.status().expect(204).header("Range")).isEqualTo("0-0");
  }

  @Test
  void refusesEveryUseOfALocationThatWasNotGivenOut() {
    for (var location : forged(repository.startUpload())) {
      refusesEveryUse(location);
    }
  }

  /** Locations that look like this one. */
  private List<String> forged(Upload upload) {
    var real = upload.location();
    var forged = new ArrayList<String>();
    int begin = real.lastIndexOf('/') + 1;
    for (int i = begin; i < real.length(); i++) {
      char other = real.charAt(i) == 'A' || real.charAt(i) == 'a' ? 'b' : 'a';
      forged.add(real.substring(0, i) + other + real.substring(i + 1));
    }
    var folder = real.substring(0, begin);
    var session = upload.started().header("Docker-Upload-UUID");
    forged.add(folder + session);
    forged.add(folder + session + ".");
    forged.add(folder + session + "." + "A".repeat(36));
    forged.add(folder + "x");
    forged.add(folder + "_");
    forged.add(folder + "%20");
    forged.add(folder + "A".repeat(10_000));
    forged.add(real + "a");
    forged.add(real + "=");
    return forged;
  }

  @Test
  void refusesEveryUseOfALocationOfAnotherRepository() {
    var upload = registry.freshRepository().startUpload();
    var location = upload.location().substring(upload.location().lastIndexOf('/') + 1);

    refusesEveryUse(repository.path("/blobs/uploads/" + location));

    upload.status().expect(204);
  }

  @Test
  void refusesEveryUseOfALocationAfterItsUploadEnded() {
    var upload = repository.startUpload();
    upload.cancel().expect(204);

    refusesEveryUse(upload.location());
  }

  private void refusesEveryUse(String location) {
    var http = registry.http();
    var longBytes = new byte[LONG_BYTES];
    var put = location + "?digest=" + other.digest();
    for (var reply :
        List.of(
            http.get(location),
            http.delete(location),
            http.patch(location, other.bytes()),
            http.patch(location, longBytes),
            http.stream("PATCH", location, other.bytes()),
            http.put(put, NOTHING),
            http.put(put, other.bytes()),
            http.stream("PUT", put, other.bytes()))) {
      reply.expectError(404, "BLOB_UPLOAD_UNKNOWN");
    }
  }

  @Test
  void endsAnUploadThatWasFinished() {
    var upload = repository.startUpload();
    upload.put(other.digest(), other.bytes()).expect(201);
    keepsWhatIsStored();

    upload.status().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    upload.patch(other.bytes()).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    upload.cancel().expectError(404, "BLOB_UPLOAD_UNKNOWN");
    upload.put(Content.ABSENT_DIGEST, other.bytes()).expectError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  /**
   * The edge asks no store whether a location is still good, so a client that uses one twice may
   * hear 201. It gets nothing by it: there is no such blob, no manifest may name it, and the bytes
   * are removed.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "finished", "begun"})
  void makesNoBlobOfALongPutToALocationThatIsUsedUp(String state) {
    var blob = Content.random(LONG_BYTES);
    var upload = repository.startUpload();
    var location = upload.closing(blob.digest());
    switch (state) {
      case "cancelled" -> upload.cancel().expect(204);
      case "finished" -> upload.put(other.digest(), other.bytes()).expect(201);
      default -> upload.patch(other.bytes()).expect(202);
    }

    registry.http().put(location, blob.bytes());

    repository.head("/blobs/" + blob.digest()).expect(404);
    repository.put("/manifests/v1", Manifest.image(blob)).expectError(404, "MANIFEST_BLOB_UNKNOWN");
    registry.awaitRemovalOf(blob);
    keepsWhatIsStored();
  }

  @Test
  void closesNoLongUploadUnderADigestItDidNotHash() {
    var blob = Content.random(100_000);
    var upload = repository.startUpload();
    upload.patch(blob.bytes()).expect(202);

    upload.put(blob.sha512()).expectError(400, "DIGEST_INVALID");
    upload.put(blob.digest()).expect(201);
    keepsWhatIsStored();
  }

  @Test
  void closesALongUploadUnderTheDigestItWasAskedToHash() {
    var blob = Content.random(100_000);
    var started = repository.post("/blobs/uploads/?digest-algorithm=sha512").expect(202);
    var upload = new Upload(registry.http(), started);
    upload.patch(blob.bytes()).expect(202);

    upload.put(blob.sha512()).expect(201);
    keepsWhatIsStored();
  }
}
