package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.CHUNKS;
import static dev.roadstead.localstack.spec.Requirement.Section.DELETING_BLOBS;
import static dev.roadstead.localstack.spec.Requirement.Section.LISTING_REFERRERS;
import static dev.roadstead.localstack.spec.Requirement.Section.MOUNTING;
import static dev.roadstead.localstack.spec.Requirement.Section.PULLING_BLOBS;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSHING_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes by sha256 goes by sha512 too. */
class Sha512Test extends SpecTest {
  /** More than is hashed with every algorithm as long as the digest is not known. */
  private static final int LONG_BYTES = 200_000;

  /** More than a function takes. */
  private static final int VERY_LONG_BYTES = 5_000_000;

  private static final String MISSING = "MANIFEST_BLOB_UNKNOWN";

  @ParameterizedTest
  @ValueSource(ints = {2, 600, LONG_BYTES, VERY_LONG_BYTES})
  @Requirement(
      section = CHUNKS,
      number = 18,
      value = "the chunks of an upload that begins with digest-algorithm are hashed with it")
  void hashesChunksWithTheAlgorithmThatWasAskedFor(int sizeBytes) {
    var blob = Content.random(sizeBytes);
    var upload = startSha512();

    upload.patch(blob.part(0, sizeBytes / 2 - 1)).expect(202);
    upload.stream(blob.part(sizeBytes / 2, sizeBytes - 1)).expect(202);
    upload.put(blob.sha512()).expect(201);

    assertThat(repository.get("/blobs/" + blob.sha512()).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = CHUNKS,
      number = 19,
      level = CLIENTS,
      value = "without digest-algorithm a chunked upload that is not long may have either digest")
  void hashesShortChunksWithEveryAlgorithm() {
    var blob = Content.random(600);
    var upload = repository.startUpload();

    upload.patch(blob.bytes()).expect(202);

    upload.put(blob.sha512()).expect(201);
  }

  @Test
  @Requirement(
      section = PULLING_BLOBS,
      number = 8,
      value = "GET and HEAD of a blob by sha512: the bytes, their length and that digest")
  void givesABlobBySha512() {
    var blob = push(Content.random(600));
    var path = "/blobs/" + blob.sha512();

    for (var reply : List.of(repository.get(path).expect(200), repository.head(path).expect(200))) {
      assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.sha512());
      assertThat(reply.header("Content-Length")).isEqualTo("600");
    }
    assertThat(repository.get(path, "Range", "bytes=0-9").expect(206).body())
        .isEqualTo(blob.part(0, 9));
    repository.head("/blobs/" + blob.digest()).expect(404);
  }

  @Test
  @Requirement(section = DELETING_BLOBS, number = 1, value = "DELETE of a blob by sha512: 202")
  void deletesABlobBySha512() {
    var blob = push(Content.random(600));

    repository.delete("/blobs/" + blob.sha512()).expect(202);

    repository.head("/blobs/" + blob.sha512()).expect(404);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = MOUNTING,
      number = 7,
      value = "a mount by sha512: 201, with from and without")
  void mountsABlobBySha512(boolean named) {
    var blob = push(Content.random(600));
    var other = registry.freshRepository();

    other
        .post(
            "/blobs/uploads/?mount=" + blob.sha512() + (named ? "&from=" + repository.name() : ""))
        .expect(201);

    assertThat(other.get("/blobs/" + blob.sha512()).expect(200).body()).isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 23,
      value =
          "manifests under sha512 digests name blobs and manifests by sha512, and must have them")
  void keepsImagesAndIndexesOfSha512() {
    var config = push(Content.random(200));
    var image =
        Manifest.image(config)
            .with("config", descriptor(Manifest.OCI_CONFIG, config))
            .with("layers", List.of());
    var index =
        Manifest.index().with("manifests", List.of(descriptor(image.mediaType(), image.content())));

    repository.put("/manifests/" + index.content().sha512(), index).expectError(404, MISSING);
    repository.put("/manifests/" + image.content().sha512(), image).expect(201);
    repository.put("/manifests/" + index.content().sha512(), index).expect(201);

    repository.delete("/manifests/" + image.content().sha512()).expectError(405, "DENIED");
    repository.delete("/blobs/" + config.sha512()).expectError(405, "DENIED");
    repository.delete("/manifests/" + index.content().sha512()).expect(202);
    repository.delete("/manifests/" + image.content().sha512()).expect(202);
    repository.delete("/blobs/" + config.sha512()).expect(202);
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 1,
      value = "referrers are listed under the sha512 digest that they name, by their own digest")
  void listsReferrersBySha512() {
    var subject = repository.newImage();
    var referrer =
        repository.newImage().with("subject", descriptor(subject.mediaType(), subject.content()));

    var pushed = repository.put("/manifests/" + referrer.content().sha512(), referrer).expect(201);

    assertThat(pushed.header("OCI-Subject")).isEqualTo(subject.content().sha512());
    var listed = repository.get("/referrers/" + subject.content().sha512()).expect(200).json();
    assertThat(listed.at("/manifests/0/digest").asString()).isEqualTo(referrer.content().sha512());
    assertThat(repository.get("/referrers/" + subject.digest()).json().get("manifests")).isEmpty();
  }

  private Upload startSha512() {
    return new Upload(
        registry.http(), repository.post("/blobs/uploads/?digest-algorithm=sha512").expect(202));
  }

  private Content push(Content blob) {
    repository.startUpload().put(blob.sha512(), blob.bytes()).expect(201);
    return blob;
  }

  private static Map<String, Object> descriptor(String mediaType, Content content) {
    return Map.of("mediaType", mediaType, "digest", content.sha512(), "size", content.sizeBytes());
  }
}
