package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.MOUNTING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountingTest extends SpecTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 600, 5_000_000})
  @Requirement(
      section = MOUNTING,
      number = 1,
      value = "a mount: 201 and a Location where the blob can be pulled")
  void mountsABlob(int sizeBytes) {
    var source = registry.freshRepository();
    var blob = source.push(Content.random(sizeBytes));

    var reply = mount(blob.digest(), "&from=" + source.name()).expect(201);

    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest());
    assertThat(registry.http().get(reply.header("Location")).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = MOUNTING,
      number = 2,
      level = CLIENTS,
      value = "a blob outlives the repository's link from which it was mounted")
  void keepsAMountedBlobWhenItsSourceDeletesIt() {
    var source = registry.freshRepository();
    var blob = source.pushBlob();
    mount(blob.digest(), "&from=" + source.name()).expect(201);

    source.delete("/blobs/" + blob.digest()).expect(202);

    assertThat(repository.get("/blobs/" + blob.digest()).expect(200).body())
        .isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = MOUNTING,
      number = 3,
      level = SHOULD,
      value = "a mount of what the other repository does not have begins an upload: 202")
  void beginsAnUploadWhenTheSourceHasNoSuchBlob() {
    var source = registry.freshRepository();
    source.pushBlob();
    var blob = Content.random(600);

    var started = mount(blob.digest(), "&from=" + source.name()).expect(202);

    new Upload(registry.http(), started).put(blob.digest(), blob.bytes()).expect(201);
  }

  @Test
  @Requirement(
      section = MOUNTING,
      number = 4,
      level = SHOULD,
      value = "a mount from a repository that is not there begins an upload: 202")
  void beginsAnUploadWhenThereIsNoSource() {
    mount(Content.ABSENT_DIGEST, "&from=nobody/nothing").expect(202);
  }

  @Test
  @Requirement(
      section = MOUNTING,
      number = 5,
      level = CLIENTS,
      value = "a mount without from looks in all repositories")
  void mountsABlobOfAnyRepository() {
    var blob = registry.freshRepository().pushBlob();

    mount(blob.digest(), "").expect(201);

    repository.head("/blobs/" + blob.digest()).expect(200);
  }

  @Test
  @Requirement(
      section = MOUNTING,
      number = 6,
      level = CLIENTS,
      value = "a mount without from of what nobody has begins an upload: 202")
  void beginsAnUploadWhenNobodyHasTheBlob() {
    mount(Content.ABSENT_DIGEST, "").expect(202);
  }

  private Reply mount(String digest, String from) {
    return repository.post("/blobs/uploads/?mount=" + digest + from);
  }
}
