package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSH;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSHING_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushingManifestsTest extends SpecTest {
  private static final int FOUR_MEGABYTES = 4 * 1024 * 1024;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 1,
      value = "PUT of a manifest: 201 and a Location where it can be pulled")
  void storesAManifest(boolean byTag) {
    var image = repository.newImage();

    var reply = repository.put("/manifests/" + (byTag ? "v1" : image.digest()), image).expect(201);

    assertThat(registry.http().get(reply.header("Location")).expect(200).body())
        .isEqualTo(image.bytes());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 2,
      value = "Docker-Content-Digest is the digest of the bytes that were pushed")
  void namesTheDigestOfWhatItStored(boolean byTag) {
    var image = repository.newImage();

    var reply = repository.put("/manifests/" + (byTag ? "v1" : image.digest()), image).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 3,
      value = "under a sha512 digest, that is the digest")
  void namesTheSha512DigestOfWhatItStored() {
    var image = repository.newImage();
    var sha512 = image.content().sha512();

    var reply = repository.put("/manifests/" + sha512, image).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(sha512);
    assertThat(repository.get("/manifests/" + sha512).expect(200).body()).isEqualTo(image.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {".dot", "a+b", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e"})
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 4,
      value = "a manifest is pushed under a tag or a digest")
  void storesNothingUnderWhatIsNoReference(String reference) {
    var image = repository.newImage();

    repository.put("/manifests/" + reference, image).expect(400).errors();

    repository.get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaVersion\":2,\"mediaType\":\"TYPE\",\"config\":CONFIG,\"layers\":[]}",
        "\n\t {  \"layers\" : [ ] ,\r\n\"config\":CONFIG,\"mediaType\": \"TYPE\",\"schemaVersion\":2}\n\n",
        "{\"schemaVersion\":2,\"mediaType\":\"TYPE\",\"config\":CONFIG,\"layers\":[],\"x-unknown\":{\"z\":1,\"a\":[null,1.50,1e3]}}",
        "{\"schemaVersion\":2,\"mediaType\":\"TYPE\",\"config\":CONFIG,\"layers\":[],\"annotations\":{\"\\u0061\":\"\\u00e9\\/\\ud83d\\ude00\"}}",
        "{\"schemaVersion\":2,\"mediaType\":\"TYPE\",\"config\":CONFIG,\"layers\":[],\"annotations\":{\"a\":\"é😀\"}}",
        "{\"sch\\u0065maVersion\":2,\"mediaType\":\"TYPE\",\"config\":CONFIG,\"layers\":[]}",
      })
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 5,
      value = "a manifest is kept byte for byte: white space, order, unknown fields, escapes")
  void keepsEveryByteOfAManifest(String template) {
    var config = repository.push(Content.random(200));
    var descriptor =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":200}"
            .formatted(Manifest.OCI_CONFIG, config.digest());
    for (var type : List.of(Manifest.OCI_IMAGE, Manifest.DOCKER_IMAGE)) {
      var image = Manifest.text(type, template.replace("TYPE", type).replace("CONFIG", descriptor));

      repository.put("/manifests/v1", image).expect(201);

      for (var reference : List.of("v1", image.digest())) {
        var reply = repository.get("/manifests/" + reference).expect(200);
        assertThat(reply.body()).isEqualTo(image.bytes());
        assertThat(reply.header("Content-Type")).isEqualTo(type);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest());
      }
    }
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 6,
      value = "Docker's manifest list is kept byte for byte, as what it is")
  void keepsADockerList() {
    var child = repository.push(repository.newImage().as(Manifest.DOCKER_IMAGE));
    var list = Manifest.index(child).as(Manifest.DOCKER_LIST);
    var spaced = Manifest.text(Manifest.DOCKER_LIST, " " + list.text() + "\n");

    repository.put("/manifests/v1", spaced).expect(201);

    var reply = repository.get("/manifests/v1").expect(200);
    assertThat(reply.body()).isEqualTo(spaced.bytes());
    assertThat(reply.header("Content-Type")).isEqualTo(Manifest.DOCKER_LIST);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(spaced.digest());
  }

  @Test
  @Requirement(section = PUSHING_MANIFESTS, number = 7, value = "the list of blobs may be empty")
  void storesAnImageWithoutLayers() {
    var image = Manifest.image(repository.pushBlob());

    repository.put("/manifests/v1", image).expect(201);

    assertThat(repository.get("/manifests/v1").expect(200).body()).isEqualTo(image.bytes());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 8,
      value = "a pull from a repository that is not there: 404")
  void findsNothingInARepositoryThatIsNotThere() {
    repository.get("/manifests/latest").expectError(404, "MANIFEST_UNKNOWN");
    repository.get("/blobs/" + Content.ABSENT_DIGEST).expectError(404, "BLOB_UNKNOWN");
    repository.get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 9,
      level = SHOULD,
      value = "manifests of 4 megabytes are stored")
  void storesAManifestOfFourMegabytes() {
    var image = repository.newImage();
    var filling = FOUR_MEGABYTES - image.with("filling", "").bytes().length;
    var large = image.with("filling", "x".repeat(filling));
    assertThat(large.bytes()).hasSize(FOUR_MEGABYTES);

    repository.put("/manifests/v1", large).expect(201);

    assertThat(repository.get("/manifests/v1").expect(200).body()).isEqualTo(large.bytes());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 10,
      level = CLIENTS,
      value = "a manifest of 4 megabytes that cannot be made smaller is stored too")
  void storesAManifestThatDoesNotCompress() {
    var image = repository.newImage();
    var noise = new StringBuilder();
    for (byte b : Content.random(2_000_000).bytes()) {
      noise.append("%02x".formatted(b));
    }

    repository.put("/manifests/v1", image.with("filling", noise.toString())).expect(201);

    assertThat(repository.get("/manifests/v1").expect(200).text()).contains(noise);
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 11,
      level = SHOULD,
      value = "a manifest over the limit: 413")
  void refusesAManifestOverFourMegabytes() {
    var image = repository.newImage().with("filling", "x".repeat(FOUR_MEGABYTES));

    repository.put("/manifests/v1", image).expectError(413, "SIZE_INVALID");
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 12,
      level = CLIENTS,
      value = "a manifest may come in chunks of unknown length, as Jib sends it")
  void storesAManifestOfUnknownLength() {
    var image = repository.newImage();
    var path = repository.path("/manifests/v1");

    registry.http().stream("PUT", path, image.bytes(), "Content-Type", image.mediaType())
        .expect(201);

    assertThat(repository.get("/manifests/v1").expect(200).body()).isEqualTo(image.bytes());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 13,
      level = CLIENTS,
      value = "a tag that is pushed again points to the new manifest")
  void movesATag() {
    var first = repository.pushImage("v1");
    var second = repository.pushImage("v1");

    assertThat(repository.get("/manifests/v1").expect(200).body()).isEqualTo(second.bytes());
    assertThat(repository.get("/manifests/" + first.digest()).expect(200).body())
        .isEqualTo(first.bytes());
  }

  @Test
  @Requirement(
      section = PUSH,
      number = 1,
      value = "what a manifest names and is not there: MANIFEST_BLOB_UNKNOWN, for each")
  void namesEveryMissingBlob() {
    var present = repository.pushBlob();
    var config = Content.random(10);
    var layer = Content.random(20);

    var reply = repository.put("/manifests/v1", Manifest.image(config, present, layer));

    reply.expectError(404, "MANIFEST_BLOB_UNKNOWN");
    assertThat(reply.errors()).hasSize(2);
    assertThat(reply.errors().get(0).detail()).contains(config.digest());
    assertThat(reply.errors().get(1).detail()).contains(layer.digest());
  }

  @Test
  @Requirement(
      section = PUSH,
      number = 2,
      value = "an index that names a manifest which is not there: MANIFEST_BLOB_UNKNOWN")
  void namesEveryMissingManifest() {
    var missing = Manifest.image(Content.random(10));

    repository
        .put("/manifests/v1", Manifest.index(repository.pushImage(), missing))
        .expectError(404, "MANIFEST_BLOB_UNKNOWN");
  }

  @Test
  @Requirement(
      section = PUSH,
      number = 3,
      level = CLIENTS,
      value = "layers that may not be distributed need not be there")
  void doesNotAskForForeignLayers() {
    var foreign =
        Map.of(
            "mediaType",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
            "digest",
            Content.ABSENT_DIGEST,
            "size",
            12,
            "urls",
            List.of("https://example.test/layer"));

    repository
        .put("/manifests/v1", repository.newImage().with("layers", List.of(foreign)))
        .expect(201);
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 14,
      level = SHOULD,
      value = "parameters of Content-Type are ignored")
  void ignoresParametersOfTheMediaType() {
    var image = repository.newImage();
    var type = Manifest.OCI_IMAGE + ";charset=utf-8; version=1";

    registry
        .http()
        .put(repository.path("/manifests/v1"), image.bytes(), "Content-Type", type)
        .expect(201);
  }
}
