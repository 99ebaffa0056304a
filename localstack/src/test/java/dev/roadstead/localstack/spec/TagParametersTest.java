package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.MAY;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.PUSHING_MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags beside a digest. */
class TagParametersTest extends SpecTest {
  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 15,
      value = "a push by digest gives the tags of its query, and OCI-Tag names them")
  void givesAllTags() {
    var image = repository.newImage();

    var reply = push(image, image.digest(), "?tag=1.2.3&tag=1.2&tag=latest&tag=1.2").expect(201);

    assertThat(reply.header("OCI-Tag")).isEqualTo("1.2.3, 1.2, latest");
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest());
    assertThat(repository.tags()).containsExactly("1.2", "1.2.3", "latest");
    assertThat(repository.get("/manifests/1.2").expect(200).body()).isEqualTo(image.bytes());
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 16,
      level = CLIENTS,
      value = "a tag of the query keeps the algorithm of the digest it was pushed with")
  void tagsAManifestUnderItsSha512Digest() {
    var image = repository.newImage();
    var sha512 = image.content().sha512();

    push(image, sha512, "?tag=v1").expect(201);

    var reply = repository.get("/manifests/v1").expect(200);
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(sha512);
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 17,
      level = CLIENTS,
      value = "a tag in the address is the only one")
  void ignoresTagsBesideATag() {
    var image = repository.newImage();

    assertThat(push(image, "v1", "?tag=v2").expect(201).headerIfAny("OCI-Tag")).isEmpty();

    assertThat(repository.tags()).containsExactly("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?tag=", "?tag", "?tag=good&tag=.bad", "?tag=a%00", "?tag=a,b"})
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 18,
      level = CLIENTS,
      value = "one tag that is none, and nothing is stored")
  void refusesWhatIsNoTag(String query) {
    var image = repository.newImage();

    push(image, image.digest(), query).expect(400).errors();

    repository.get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @Test
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 19,
      level = SHOULD,
      value = "at least 10 tags are possible; 50 are")
  void givesFiftyTags() {
    var image = repository.newImage();

    push(image, image.digest(), tags(50)).expect(201);

    assertThat(repository.tags()).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(ints = {51, 100, 101, 1000})
  @Requirement(
      section = PUSHING_MANIFESTS,
      number = 20,
      level = MAY,
      value = "more tags than are possible: 414, and nothing is stored")
  void refusesTooManyTags(int count) {
    var image = repository.newImage();

    push(image, image.digest(), tags(count)).expectError(414, "UNSUPPORTED");

    repository.get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  private static String tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "tag=v" + i)
        .collect(Collectors.joining("&", "?", ""));
  }

  private Reply push(Manifest image, String reference, String query) {
    return repository.put("/manifests/" + reference + query, image);
  }
}
