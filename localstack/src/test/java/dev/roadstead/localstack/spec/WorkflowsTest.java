package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.MUST_NOT;
import static dev.roadstead.localstack.spec.Requirement.Section.DETERMINING_SUPPORT;
import static dev.roadstead.localstack.spec.Requirement.Section.REQUIREMENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.WARNINGS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every endpoint of the specification's table, with the status that it has for success. */
class WorkflowsTest extends SpecTest {
  @Test
  @Requirement(section = DETERMINING_SUPPORT, number = 1, value = "GET /v2/: 200")
  void saysThatItIsARegistry() {
    var reply = registry.http().get("/v2/").expect(200);

    assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    registry.http().head("/v2/").expect(200);
    registry.http().get("/v2").expect(200);
  }

  @Test
  @Requirement(section = REQUIREMENTS, number = 1, value = "all of Pull: end-2 and end-3")
  void pulls() {
    var blob = repository.pushBlob();
    var image = repository.pushImage("v1");

    repository.get("/blobs/" + blob.digest()).expect(200);
    repository.head("/blobs/" + blob.digest()).expect(200);
    repository.get("/manifests/v1").expect(200);
    repository.head("/manifests/" + image.digest()).expect(200);
  }

  @Test
  @Requirement(
      section = REQUIREMENTS,
      number = 2,
      value = "all of Push: end-4 to end-7, end-11, end-13")
  void pushes() {
    var blob = Content.random(600);
    var upload = repository.startUpload();

    upload.patch(blob.bytes(), "0-599").expect(202);
    upload.status().expect(204);
    upload.put(blob.digest()).expect(201);
    repository.postBlob(Content.text("one post"), Content.text("one post").digest()).expect(201);
    var mount = "/blobs/uploads/?mount=" + blob.digest() + "&from=" + repository.name();
    registry.freshRepository().post(mount).expect(201);
    repository.put("/manifests/v1", Manifest.image(blob)).expect(201);
  }

  @Test
  @Requirement(
      section = REQUIREMENTS,
      number = 3,
      value = "all of Content Discovery: end-8 and end-12")
  void discoversContent() {
    var image = repository.pushImage("v1");

    repository.get("/tags/list").expect(200);
    repository.get("/tags/list?n=1&last=a").expect(200);
    repository.get("/referrers/" + image.digest()).expect(200);
    repository.get("/referrers/" + image.digest() + "?artifactType=a/b").expect(200);
  }

  @Test
  @Requirement(
      section = REQUIREMENTS,
      number = 4,
      value = "all of Content Management: end-9 and end-10")
  void managesContent() {
    var blob = repository.pushBlob();
    var image = repository.pushImage("v1");

    repository.delete("/manifests/v1").expect(202);
    repository.delete("/manifests/" + image.digest()).expect(202);
    repository.delete("/blobs/" + blob.digest()).expect(202);
  }

  @Test
  @Requirement(
      section = WARNINGS,
      number = 1,
      level = MUST_NOT,
      value = "no warnings in another form or longer than 4096 bytes: there are none at all")
  void warnsOfNothing() {
    var image = repository.newImage();

    var push = repository.put("/manifests/v1", image).expect(201);
    var pull = repository.get("/manifests/v1").expect(200);
    var miss = repository.get("/manifests/v2").expect(404);

    for (var reply : new Reply[] {push, pull, miss}) {
      assertThat(reply.headerIfAny("Warning")).isEmpty();
    }
  }
}
