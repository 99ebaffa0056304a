package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.MUST_NOT;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD_NOT;
import static dev.roadstead.localstack.spec.Requirement.Section.PULLING_BLOBS;
import static dev.roadstead.localstack.spec.Requirement.Section.PULLING_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullingTest extends SpecTest {
  private static final String ABSENT = Content.ABSENT_DIGEST;

  @Test
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 1,
      value = "GET of a manifest by tag: 200 and the manifest")
  void givesTheManifestOfATag() {
    var image = repository.pushImage("v1");

    var reply = repository.get("/manifests/v1").expect(200);

    assertThat(reply.body()).isEqualTo(image.bytes());
  }

  @Test
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 2,
      value = "GET of a manifest by digest: 200 and the manifest")
  void givesTheManifestOfADigest() {
    var image = repository.pushImage();

    var reply = repository.get("/manifests/" + image.digest()).expect(200);

    assertThat(reply.body()).isEqualTo(image.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", ABSENT})
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 3,
      value = "GET of a manifest that is not there: 404")
  void doesNotFindAManifestThatIsNotThere(String reference) {
    repository.pushImage("v1");

    repository.get("/manifests/" + reference).expectError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    ".dot, 404, MANIFEST_UNKNOWN",
    "-dash, 404, MANIFEST_UNKNOWN",
    "a+b, 404, MANIFEST_UNKNOWN",
    "a%20b, 404, MANIFEST_UNKNOWN",
    "sha256:abc, 400, DIGEST_INVALID",
    "latest:, 400, DIGEST_INVALID",
  })
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 4,
      level = MUST_NOT,
      value = "a reference is a digest or a tag, and has no other format")
  void findsNothingUnderWhatIsNoReference(String reference, int status, String code) {
    repository.pushImage("v1");

    repository.get("/manifests/" + reference).expectError(status, code);
    repository.head("/manifests/" + reference).expect(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "a.b_c__d-e---f/1/x.y", "library/ubuntu", "a--b"})
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 5,
      value = "names within the grammar name repositories")
  void takesNamesWithinTheGrammar(String name) {
    var named = registry.repository(name);

    named.pushImage("v1");

    named.get("/manifests/v1").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Upper", "a..b", "a.-b", "a___b", "_a", "a_", "-a", "a/_b", "a%20b", "%C3%A4"})
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 6,
      value = "names outside the grammar name nothing")
  void refusesNamesOutsideTheGrammar(String name) {
    registry.repository(name).get("/tags/list").expectError(400, "NAME_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/", "/a", "a//b"})
  @Requirement(section = PULLING_MANIFESTS, number = 7, value = "no component of a name is empty")
  void refusesNamesWithAnEmptyComponent(String name) {
    assertThat(registry.repository(name).get("/tags/list").expect(400).errors()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_", "0.1-rc_2", "LATEST"})
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 8,
      value = "tags within the grammar name manifests")
  void takesTagsWithinTheGrammar(String tag) {
    repository.pushImage(tag);

    repository.get("/manifests/" + tag).expect(200);
  }

  @Test
  @Requirement(section = PULLING_MANIFESTS, number = 9, value = "a tag has at most 128 characters")
  void takesTagsOf128CharactersAndNoMore() {
    var image = repository.pushImage("t".repeat(128));

    repository.get("/manifests/" + "t".repeat(128)).expect(200);
    repository.put("/manifests/" + "t".repeat(129), image).expectError(400, "TAG_INVALID");
  }

  @Test
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 10,
      level = SHOULD,
      value = "Content-Type is what was pushed, whatever the client accepts")
  void answersTheMediaTypeThatWasPushed() {
    repository.pushImage("v1");

    var reply = repository.get("/manifests/v1", "Accept", "text/plain").expect(200);

    assertThat(reply.header("Content-Type")).isEqualTo(Manifest.OCI_IMAGE);
  }

  @Test
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 11,
      level = SHOULD_NOT,
      value = "Content-Type has no parameters, even if they were pushed")
  void answersAMediaTypeWithoutParameters() {
    var image = repository.newImage();
    var type = Manifest.OCI_IMAGE + "; charset=utf-8";
    registry
        .http()
        .put(repository.path("/manifests/v1"), image.bytes(), "Content-Type", type)
        .expect(201);

    var reply = repository.get("/manifests/v1").expect(200);

    assertThat(reply.header("Content-Type")).isEqualTo(Manifest.OCI_IMAGE);
  }

  @Test
  @Requirement(
      section = PULLING_MANIFESTS,
      number = 12,
      value = "Docker-Content-Digest is the digest of the manifest in the answer")
  void namesTheDigestOfAManifest() {
    var image = repository.pushImage("v1");

    var reply = repository.get("/manifests/v1").expect(200);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest());
    assertThat(reply.header("Content-Length")).isEqualTo("" + image.bytes().length);
  }

  @Test
  @Requirement(section = PULLING_BLOBS, number = 1, value = "GET of a blob: 200 and its bytes")
  void givesTheBytesOfABlob() {
    var blob = repository.pushBlob();

    var reply = repository.get("/blobs/" + blob.digest()).expect(200);

    assertThat(reply.body()).isEqualTo(blob.bytes());
    assertThat(reply.header("Content-Length")).isEqualTo("" + blob.sizeBytes());
  }

  @Test
  @Requirement(
      section = PULLING_BLOBS,
      number = 2,
      value = "Docker-Content-Digest of a blob is a digest of the bytes in the answer")
  void namesTheDigestOfABlob() {
    var blob = repository.pushBlob();

    var reply = repository.get("/blobs/" + blob.digest()).expect(200);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(new Content(reply.body()).digest());
  }

  @Test
  @Requirement(section = PULLING_BLOBS, number = 3, value = "GET of a blob that is not there: 404")
  void doesNotFindABlobThatIsNotThere() {
    repository.pushBlob();

    repository.get("/blobs/" + ABSENT).expectError(404, "BLOB_UNKNOWN");
  }

  @Test
  @Requirement(
      section = PULLING_BLOBS,
      number = 4,
      value = "a blob that only another repository has is not there: 404")
  void doesNotFindABlobOfAnotherRepository() {
    var blob = registry.freshRepository().pushBlob();

    repository.get("/blobs/" + blob.digest()).expectError(404, "BLOB_UNKNOWN");
    repository.head("/blobs/" + blob.digest()).expect(404);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=100-199, 100, 199",
    "bytes=590-, 590, 599",
    "bytes=-5, 595, 599",
    "bytes=0-0, 0, 0",
    "bytes=590-600, 590, 599",
    "bytes=0-9223372036854775807, 0, 599",
  })
  @Requirement(
      section = PULLING_BLOBS,
      number = 5,
      level = SHOULD,
      value = "a Range is answered with 206 and that part, an end behind the last byte included")
  void givesAPartOfABlob(String range, int first, int last) {
    var blob = repository.pushBlob();

    var reply = repository.get("/blobs/" + blob.digest(), "Range", range).expect(206);

    assertThat(reply.body()).isEqualTo(blob.part(first, last));
    assertThat(reply.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/600");
  }

  @Test
  @Requirement(
      section = PULLING_BLOBS,
      number = 6,
      level = SHOULD,
      value = "a Range behind the end of the blob: 416 and how long it is")
  void saysHowLongABlobIsWhenARangeIsBehindItsEnd() {
    var blob = repository.pushBlob();

    var reply = repository.get("/blobs/" + blob.digest(), "Range", "bytes=600-").expect(416);

    assertThat(reply.header("Content-Range")).isEqualTo("bytes */600");
  }

  @Test
  @Requirement(
      section = PULLING_BLOBS,
      number = 7,
      level = CLIENTS,
      value = "bytes are never compressed on the way, though most clients offer it")
  void compressesNothing() {
    var blob = repository.push(Content.text("a".repeat(5_000)));

    var reply = repository.get("/blobs/" + blob.digest(), "Accept-Encoding", "gzip").expect(200);

    assertThat(reply.headerIfAny("Content-Encoding")).isEmpty();
    assertThat(reply.body()).isEqualTo(blob.bytes());
  }
}
