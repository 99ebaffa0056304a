package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.MUST_NOT;
import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.ENABLING_REFERRERS;
import static dev.roadstead.localstack.spec.Requirement.Section.LISTING_REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ReferrersTest extends SpecTest {
  private static final String SBOM = "application/vnd.example.sbom+json";
  private static final String SIGNATURE = "application/vnd.example.signature";

  /** One more than a page has. */
  private static final int MANY = 101;

  private Manifest subject = Manifest.index();
  private int pushed;

  @BeforeEach
  void pushSubject() {
    subject = repository.pushImage();
  }

  @Test
  @Requirement(section = LISTING_REFERRERS, number = 2, value = "GET of referrers: 200")
  void listsReferrers() {
    get().expect(200);
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 3,
      value = "the body is an image index with a descriptor of every referrer")
  void listsADescriptorOfEveryReferrer() {
    var image = repository.push(repository.newImage().about(subject));
    var index = repository.push(Manifest.index(repository.pushImage()).about(subject));

    var json = get().expect(200).json();

    assertThat(json.get("schemaVersion").asInt()).isEqualTo(2);
    assertThat(json.get("mediaType").asString()).isEqualTo(Manifest.OCI_INDEX);
    assertThat(json.get("manifests")).hasSize(2);
    for (var referrer : List.of(image, index)) {
      var descriptor = descriptor(referrer);
      assertThat(descriptor.get("mediaType").asString()).isEqualTo(referrer.mediaType());
      assertThat(descriptor.get("size").asInt()).isEqualTo(referrer.bytes().length);
    }
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 4,
      value = "Content-Type is that of an image index")
  void answersAnImageIndex() {
    assertThat(get().expect(200).header("Content-Type")).isEqualTo(Manifest.OCI_INDEX);
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 5,
      level = MUST_NOT,
      value = "no 404 for a manifest or a repository that is not there")
  void listsNoReferrersOfWhatIsNotThere() {
    var absent = "/referrers/" + Content.ABSENT_DIGEST;

    assertThat(repository.get(absent).expect(200).json().get("manifests")).isEmpty();
    assertThat(registry.freshRepository().get(absent).expect(200).json().get("manifests"))
        .isEmpty();
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 6,
      value = "without referrers the list is empty")
  void listsNothingWhereNothingRefers() {
    assertThat(get().expect(200).json().get("manifests")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sha256:abc", "latest", "sha256", "sha1:da39a3ee5e6b4b0d3255bfef95601890"})
  @Requirement(section = LISTING_REFERRERS, number = 7, value = "a digest that is none: 400")
  void refusesWhatIsNoDigest(String digest) {
    repository.get("/referrers/" + digest).expectError(400, "DIGEST_INVALID");
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 8,
      value = "artifactType of a descriptor is that of the manifest or index")
  void namesTheArtifactType() {
    var image = push(SBOM);
    var index =
        repository.push(
            Manifest.index(repository.pushImage()).about(subject).with("artifactType", SIGNATURE));

    assertThat(descriptor(image).get("artifactType").asString()).isEqualTo(SBOM);
    assertThat(descriptor(index).get("artifactType").asString()).isEqualTo(SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = LISTING_REFERRERS,
      number = 9,
      value = "artifactType of an image without one, or an empty one, is its config's media type")
  void namesTheConfigWhereThereIsNoArtifactType(boolean empty) {
    var bare = repository.newImage().about(subject);
    var image = repository.push(empty ? bare.with("artifactType", "") : bare);

    assertThat(descriptor(image).get("artifactType").asString()).isEqualTo(Manifest.OCI_CONFIG);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = LISTING_REFERRERS,
      number = 10,
      value = "an index without artifactType, or with an empty one, has none in its descriptor")
  void namesNoArtifactTypeOfAnIndexWithoutOne(boolean empty) {
    var bare = Manifest.index(repository.pushImage()).about(subject);
    var config = Map.of("mediaType", Manifest.OCI_CONFIG);
    var index =
        repository.push(empty ? bare.with("artifactType", "") : bare.with("config", config));

    assertThat(descriptor(index).has("artifactType")).isFalse();
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 11,
      value = "descriptors have the manifest's annotations")
  void copiesAnnotations() {
    var annotations = Map.of("org.example.created", "2026-01-01", "text", "\"é\"\n");
    var image =
        repository.push(repository.newImage().about(subject).with("annotations", annotations));
    var index =
        repository.push(
            Manifest.index(repository.pushImage()).about(subject).with("annotations", annotations));

    for (var referrer : List.of(image, index)) {
      var copied = descriptor(referrer).get("annotations");
      assertThat(copied.size()).isEqualTo(2);
      annotations.forEach(
          (name, value) -> assertThat(copied.get(name).asString()).isEqualTo(value));
    }
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 12,
      value = "what does not fit in one index comes on further pages, each descriptor once")
  void leadsThroughManyReferrers() {
    var referrers = new ArrayList<String>();
    for (int i = 0; i < MANY; i++) {
      referrers.add(push(i % 3 == 0 ? SIGNATURE : SBOM).digest());
    }

    assertThat(digests("")).containsExactlyInAnyOrderElementsOf(referrers);
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 13,
      level = SHOULD,
      value = "a filter by artifactType leaves only those, on every page")
  void filtersByArtifactType() {
    var sboms = new ArrayList<String>();
    for (int i = 0; i < MANY; i++) {
      sboms.add(push(SBOM).digest());
      if (i % 10 == 0) {
        push(SIGNATURE);
      }
    }

    assertThat(digests("?artifactType=" + SBOM.replace("+", "%2B")))
        .containsExactlyInAnyOrderElementsOf(sboms);
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 14,
      level = CLIENTS,
      value = "a filter by a type that none has leaves nothing")
  void filtersEverythingOut() {
    push(SBOM);

    var reply = repository.get("/referrers/" + subject.digest() + "?artifactType=a/b").expect(200);

    assertThat(reply.json().get("manifests")).isEmpty();
  }

  @Test
  @Requirement(
      section = LISTING_REFERRERS,
      number = 15,
      value = "OCI-Filters-Applied says that a filter was applied")
  void saysThatItFiltered() {
    var reply = repository.get("/referrers/" + subject.digest() + "?artifactType=a/b").expect(200);

    assertThat(reply.header("OCI-Filters-Applied")).isEqualTo("artifactType");
    assertThat(get().expect(200).headerIfAny("OCI-Filters-Applied")).isEmpty();
  }

  @Test
  @Requirement(
      section = ENABLING_REFERRERS,
      number = 1,
      value = "every manifest with a subject is listed from its push on, until it is deleted")
  void listsAReferrerAsLongAsItIsThere() {
    var referrer = push(SBOM);
    assertThat(digests("")).containsExactly(referrer.digest());

    repository.delete("/manifests/" + referrer.digest()).expect(202);

    assertThat(digests("")).isEmpty();
  }

  @Test
  @Requirement(
      section = ENABLING_REFERRERS,
      number = 2,
      value = "a referrer that came before its subject is listed too")
  void listsAReferrerThatCameFirst() {
    var later = repository.newImage();
    var referrer = repository.push(repository.newImage().about(later));

    repository.push(later);

    var reply = repository.get("/referrers/" + later.digest()).expect(200);
    assertThat(reply.json().at("/manifests/0/digest").asString()).isEqualTo(referrer.digest());
  }

  /** Pushes a referrer of this type; the annotation makes it another one each time. */
  private Manifest push(String artifactType) {
    var number = Map.of("number", "" + pushed++);
    return repository.push(
        subject.about(subject).with("artifactType", artifactType).with("annotations", number));
  }

  private Reply get() {
    return repository.get("/referrers/" + subject.digest());
  }

  private JsonNode descriptor(Manifest referrer) {
    return get()
        .expect(200)
        .json()
        .get("manifests")
        .valueStream()
        .filter(node -> node.get("digest").asString().equals(referrer.digest()))
        .findFirst()
        .orElseThrow();
  }

  /** Of all pages. */
  private List<String> digests(String query) {
    var digests = new ArrayList<String>();
    var page = Optional.of(repository.path("/referrers/" + subject.digest() + query));
    while (page.isPresent()) {
      var reply = registry.http().get(page.get()).expect(200);
      reply.json().get("manifests").forEach(node -> digests.add(node.get("digest").asString()));
      page = reply.next();
    }
    return digests;
  }
}
