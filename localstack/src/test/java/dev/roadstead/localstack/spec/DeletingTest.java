package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.DELETING_BLOBS;
import static dev.roadstead.localstack.spec.Requirement.Section.DELETING_MANIFESTS;
import static dev.roadstead.localstack.spec.Requirement.Section.DELETING_TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeletingTest extends SpecTest {
  @Test
  @Requirement(
      section = DELETING_TAGS,
      number = 1,
      value = "DELETE of a tag: 202, and then GET: 404")
  void deletesATag() {
    repository.pushImage("v1");

    repository.delete("/manifests/v1").expect(202);

    repository.get("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    assertThat(repository.tags()).isEmpty();
  }

  @Test
  @Requirement(
      section = DELETING_TAGS,
      number = 2,
      level = CLIENTS,
      value = "the manifest and its other tags stay when a tag is deleted")
  void keepsTheManifestOfADeletedTag() {
    var image = repository.pushImage("v1", "v2");

    repository.delete("/manifests/v1").expect(202);

    repository.get("/manifests/v2").expect(200);
    repository.get("/manifests/" + image.digest()).expect(200);
  }

  @Test
  @Requirement(
      section = DELETING_TAGS,
      number = 3,
      level = CLIENTS,
      value = "a tag that is not there: 404")
  void deletesATagOnlyOnce() {
    repository.pushImage("v1");
    repository.delete("/manifests/v1").expect(202);

    repository.delete("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  @Requirement(
      section = DELETING_MANIFESTS,
      number = 1,
      value = "DELETE of a manifest: 202, and then GET of it and of its tags: 404")
  void deletesAManifestWithItsTags() {
    var image = repository.pushImage("v1", "v2");

    repository.delete("/manifests/" + image.digest()).expect(202);

    repository.get("/manifests/" + image.digest()).expectError(404, "MANIFEST_UNKNOWN");
    repository.get("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    repository.head("/manifests/v2").expect(404);
    assertThat(repository.tags()).isEmpty();
  }

  @Test
  @Requirement(
      section = DELETING_MANIFESTS,
      number = 2,
      level = CLIENTS,
      value = "a manifest with more tags than one transaction can move goes with all of them")
  void deletesAManifestWithManyTags() {
    var image = repository.pushImage();
    for (int i = 0; i < 150; i++) {
      repository.put("/manifests/v" + i, image).expect(201);
    }

    repository.delete("/manifests/" + image.digest()).expect(202);

    assertThat(repository.tags()).isEmpty();
    repository.get("/manifests/v149").expect(404);
  }

  @Test
  @Requirement(section = DELETING_MANIFESTS, number = 3, value = "DELETE in no repository: 404")
  void deletesNothingWhereThereIsNoRepository() {
    repository.delete("/manifests/" + Content.ABSENT_DIGEST).expectError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  @Requirement(
      section = DELETING_MANIFESTS,
      number = 4,
      level = CLIENTS,
      value = "a manifest can be pushed and deleted again and again")
  void deletesAManifestAgainAfterItWasPushedAgain() {
    var image = repository.pushImage("v1");
    for (int i = 0; i < 3; i++) {
      repository.delete("/manifests/" + image.digest()).expect(202);
      repository.get("/manifests/v1").expect(404);
      repository.put("/manifests/v1", image).expect(201);
      repository.get("/manifests/v1").expect(200);
    }
  }

  @Test
  @Requirement(
      section = DELETING_MANIFESTS,
      number = 5,
      level = CLIENTS,
      value = "a manifest that an index names stays: 405, naming the index")
  void keepsAManifestThatAnIndexNames() {
    var child = repository.pushImage();
    var index = repository.push(Manifest.index(child));

    var reply = repository.delete("/manifests/" + child.digest()).expectError(405, "DENIED");

    assertThat(reply.errors().getFirst().message()).contains(index.digest());
    repository.get("/manifests/" + child.digest()).expect(200);
    repository.delete("/manifests/" + index.digest()).expect(202);
    repository.delete("/manifests/" + child.digest()).expect(202);
  }

  @Test
  @Requirement(
      section = DELETING_BLOBS,
      number = 2,
      value = "DELETE of a blob: 202, and then it is gone")
  void deletesABlob() {
    var blob = repository.pushBlob();

    repository.delete("/blobs/" + blob.digest()).expect(202);

    repository.get("/blobs/" + blob.digest()).expectError(404, "BLOB_UNKNOWN");
    repository.head("/blobs/" + blob.digest()).expect(404);
  }

  @Test
  @Requirement(
      section = DELETING_BLOBS,
      number = 3,
      value = "DELETE of a blob that is not there: 404")
  void deletesABlobOnlyOnce() {
    var blob = repository.pushBlob();
    repository.delete("/blobs/" + blob.digest()).expect(202);

    repository.delete("/blobs/" + blob.digest()).expectError(404, "BLOB_UNKNOWN");
  }

  @Test
  @Requirement(
      section = DELETING_BLOBS,
      number = 4,
      level = CLIENTS,
      value = "a blob that a manifest names stays: 405, naming the manifest")
  void keepsABlobThatAManifestNames() {
    var config = repository.pushBlob();
    var image = repository.push(Manifest.image(config));

    var reply = repository.delete("/blobs/" + config.digest()).expectError(405, "DENIED");

    assertThat(reply.errors().getFirst().message()).contains(image.digest());
    repository.get("/blobs/" + config.digest()).expect(200);
    repository.delete("/manifests/" + image.digest()).expect(202);
    repository.delete("/blobs/" + config.digest()).expect(202);
  }

  @Test
  @Requirement(
      section = DELETING_BLOBS,
      number = 5,
      level = CLIENTS,
      value = "a blob that was deleted can be pushed again")
  void takesADeletedBlobAgain() {
    var blob = repository.pushBlob();
    repository.delete("/blobs/" + blob.digest()).expect(202);

    repository.push(blob);

    assertThat(repository.get("/blobs/" + blob.digest()).expect(200).body())
        .isEqualTo(blob.bytes());
  }
}
