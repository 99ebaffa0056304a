package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Section.CHECKING_CONTENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckingContentTest extends SpecTest {
  private static final String ABSENT = Content.ABSENT_DIGEST;

  @Test
  @Requirement(section = CHECKING_CONTENT, number = 1, value = "HEAD of a blob that is there: 200")
  void confirmsABlob() {
    var blob = repository.pushBlob();

    repository.head("/blobs/" + blob.digest()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = CHECKING_CONTENT,
      number = 2,
      value = "HEAD of a manifest that is there: 200")
  void confirmsAManifest(boolean byTag) {
    var image = repository.pushImage("v1");

    repository.head("/manifests/" + (byTag ? "v1" : image.digest())).expect(200);
  }

  @Test
  @Requirement(
      section = CHECKING_CONTENT,
      number = 3,
      value = "HEAD of a blob that is not there: 404")
  void deniesABlob() {
    repository.pushBlob();

    repository.head("/blobs/" + ABSENT).expect(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", ABSENT})
  @Requirement(
      section = CHECKING_CONTENT,
      number = 4,
      value = "HEAD of a manifest that is not there: 404")
  void deniesAManifest(String reference) {
    repository.pushImage("v1");

    repository.head("/manifests/" + reference).expect(404);
  }

  @Test
  @Requirement(
      section = CHECKING_CONTENT,
      number = 5,
      value = "HEAD names digest and length, as GET does")
  void answersHeadWithTheHeadersOfGet() {
    var image = repository.pushImage("v1");
    var blob = repository.pushBlob();

    for (var path :
        new String[] {"/manifests/v1", "/manifests/" + image.digest(), "/blobs/" + blob.digest()}) {
      var head = repository.head(path).expect(200);
      var get = repository.get(path).expect(200);
      for (var name : new String[] {"Content-Length", "Content-Type", "Docker-Content-Digest"}) {
        assertThat(head.header(name)).as("%s of %s", name, path).isEqualTo(get.header(name));
      }
    }
  }
}
