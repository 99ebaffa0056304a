package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.POST_THEN_PUT;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSHING_BLOBS;
import static dev.roadstead.localstack.spec.Requirement.Section.SINGLE_POST;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushingBlobsTest extends SpecTest {
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Above what a function takes: such a PUT goes straight into the object store. */
  private static final int LONG_BYTES = 5_000_000;

  @Test
  @Requirement(section = POST_THEN_PUT, number = 1, value = "POST of an upload: 202 and Location")
  void beginsAnUpload() {
    var reply = repository.post("/blobs/uploads/").expect(202);

    assertThat(reply.header("Location")).startsWith("/v2/" + repository.name() + "/blobs/uploads/");
  }

  @Test
  @Requirement(
      section = POST_THEN_PUT,
      number = 2,
      value = "Location has a UUID of this upload alone")
  void givesEveryUploadAnIdentityOfItsOwn() {
    var first = repository.startUpload();
    var second = repository.startUpload();

    assertThat(first.location()).containsPattern(UUID);
    assertThat(second.location()).containsPattern(UUID);
    assertThat(id(first)).isNotEqualTo(id(second));
  }

  private static String id(Upload upload) {
    var id = upload.started().header("Docker-Upload-UUID");
    assertThat(upload.location()).contains(id);
    return id;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 600, LONG_BYTES})
  @Requirement(
      section = POST_THEN_PUT,
      number = 3,
      value = "PUT of a whole blob: 201 and a Location where the blob can be pulled")
  void takesAWholeBlob(int sizeBytes) {
    var blob = Content.random(sizeBytes);

    var reply = repository.startUpload().put(blob.digest(), blob.bytes()).expect(201);

    assertThat(pulled(reply)).isEqualTo(blob.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {600, LONG_BYTES})
  @Requirement(
      section = POST_THEN_PUT,
      number = 4,
      level = CLIENTS,
      value = "the 201 names the digest, and the blob is there before it is sent")
  void namesTheDigestOfWhatItTook(int sizeBytes) {
    var blob = Content.random(sizeBytes);

    var reply = repository.startUpload().put(blob.digest(), blob.bytes()).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest());
    repository.head("/blobs/" + blob.digest()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {600, LONG_BYTES})
  @Requirement(
      section = POST_THEN_PUT,
      number = 5,
      level = CLIENTS,
      value = "the same PUT may come twice, because containerd repeats it")
  void takesTheSamePutTwice(int sizeBytes) {
    var blob = Content.random(sizeBytes);
    var upload = repository.startUpload();
    upload.put(blob.digest(), blob.bytes()).expect(201);

    var again = upload.put(blob.digest(), blob.bytes()).expect(201);

    assertThat(pulled(again)).isEqualTo(blob.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  @Requirement(
      section = POST_THEN_PUT,
      number = 6,
      level = CLIENTS,
      value = "a PUT need not say how long its body is")
  void takesAWholeBlobOfUnknownLength(int sizeBytes) {
    var blob = Content.random(sizeBytes);
    var upload = repository.startUpload();

    var reply =
        registry.http().stream("PUT", upload.closing(blob.digest()), blob.bytes()).expect(201);

    assertThat(pulled(reply)).isEqualTo(blob.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  @Requirement(
      section = POST_THEN_PUT,
      number = 7,
      level = CLIENTS,
      value = "a blob may be pushed under its sha512 digest")
  void takesAWholeBlobBySha512(int sizeBytes) {
    var blob = Content.random(sizeBytes);

    var reply = repository.startUpload().put(blob.sha512(), blob.bytes()).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.sha512());
    assertThat(pulled(reply)).isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = POST_THEN_PUT,
      number = 8,
      level = CLIENTS,
      value = "query parameters come in any order, encoded, and with unknown ones among them")
  void readsTheDigestHoweverClientsWriteIt() {
    var blob = Content.random(600);
    var upload = repository.startUpload();
    var encoded = blob.digest().replace(":", "%3A");

    var path = upload.location() + "?ns=docker.io&digest=" + encoded + "&state=";
    registry.http().put(path, blob.bytes()).expect(201);

    repository.head("/blobs/" + blob.digest()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  @Requirement(
      section = SINGLE_POST,
      number = 1,
      value = "POST of a whole blob: 201 and a Location where the blob can be pulled")
  void takesAWholeBlobInOnePost(int sizeBytes) {
    var blob = Content.random(sizeBytes);

    var reply = repository.postBlob(blob, blob.digest()).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest());
    assertThat(pulled(reply)).isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(section = SINGLE_POST, number = 2, value = "the digest has to be that of the bytes")
  void refusesAPostWithAnotherDigest() {
    var other = Content.random(600);

    repository.postBlob(Content.random(600), other.digest()).expectError(400, "DIGEST_INVALID");

    repository.head("/blobs/" + other.digest()).expect(404);
  }

  @Test
  @Requirement(
      section = SINGLE_POST,
      number = 3,
      level = SHOULD,
      value = "a POST without a digest begins an upload: 202")
  void beginsAnUploadWithoutADigest() {
    repository.post("/blobs/uploads/?unknown=1").expect(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:abc",
        "sha256",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha384:38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
      })
  @Requirement(
      section = PUSHING_BLOBS,
      number = 1,
      level = SHOULD,
      value = "a digest that is malformed or of an unknown algorithm: 400")
  void refusesADigestItCannotCheck(String digest) {
    var blob = Content.random(600);
    var upload = repository.startUpload();

    upload.put(digest, blob.bytes()).expectError(400, "DIGEST_INVALID");
    repository.postBlob(blob, digest).expectError(400, "DIGEST_INVALID");
    upload.put(blob.digest(), blob.bytes()).expect(201);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600, LONG_BYTES})
  @Requirement(
      section = PUSHING_BLOBS,
      number = 2,
      level = SHOULD,
      value = "bytes of another digest than the client said: 400, and there is no blob")
  void refusesBytesOfAnotherDigest(int sizeBytes) {
    var other = Content.random(600);

    repository
        .startUpload()
        .put(other.digest(), new byte[sizeBytes])
        .expectError(400, "DIGEST_INVALID");

    repository.head("/blobs/" + other.digest()).expect(404);
  }

  private byte[] pulled(Reply created) {
    return registry.http().get(created.header("Location")).expect(200).body();
  }
}
