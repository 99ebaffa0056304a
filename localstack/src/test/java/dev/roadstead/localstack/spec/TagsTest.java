package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Level.MUST_NOT;
import static dev.roadstead.localstack.spec.Requirement.Section.LISTING_TAGS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest extends SpecTest {
  private static final List<String> TAGS = List.of("0.1", "1.0", "1.1", "_x", "latest", "v2");

  @BeforeEach
  void pushTags() {
    repository.pushImage("v2", "latest", "1.1", "_x", "0.1", "1.0");
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 1, value = "GET of the tags of a repository: 200")
  void listsTags() {
    repository.get("/tags/list").expect(200);
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 2, value = "the body is JSON with name and tags")
  void answersNameAndTags() {
    var reply = repository.get("/tags/list").expect(200);

    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().propertyNames()).containsExactlyInAnyOrder("name", "tags");
    assertThat(reply.json().get("name").asString()).isEqualTo(repository.name());
    assertThat(reply.texts("tags")).containsExactlyInAnyOrderElementsOf(TAGS);
  }

  @Test
  @Requirement(
      section = LISTING_TAGS,
      number = 3,
      value = "tags are in lexical order; of the two orders that later text allows, in ASCII order")
  void listsTagsInOrder() {
    repository.pushImage("Z");

    assertThat(repository.tags()).containsExactly("0.1", "1.0", "1.1", "Z", "_x", "latest", "v2");
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "5", "6"})
  @Requirement(
      section = LISTING_TAGS,
      number = 4,
      value = "with n there are n tags, as long as there are any")
  void listsAsManyTagsAsAreAskedFor(int n) {
    assertThat(tags("?n=" + n)).isEqualTo(TAGS.subList(0, n));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "1000", "1001", "2147483648", "999999999999999999"})
  @Requirement(
      section = LISTING_TAGS,
      number = 5,
      value = "fewer than n only when there are no more")
  void listsAllTagsWhenMoreAreAskedFor(String n) {
    var reply = repository.get("/tags/list?n=" + n).expect(200);

    assertThat(reply.texts("tags")).isEqualTo(TAGS);
    assertThat(reply.next()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 6})
  @Requirement(
      section = LISTING_TAGS,
      number = 6,
      value = "Link leads with rel=\"next\" from page to page, through every tag once")
  void leadsFromPageToPage(int n) {
    var listed = new ArrayList<String>();
    var page = Optional.of(repository.path("/tags/list?n=" + n));
    while (page.isPresent()) {
      var reply = registry.http().get(page.get()).expect(200);
      listed.addAll(reply.texts("tags"));
      page = reply.next();
    }

    assertThat(listed).isEqualTo(TAGS);
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 7, value = "when n is 0 the list is empty")
  void listsNothingWhenNothingIsAskedFor() {
    assertThat(tags("?n=0")).isEmpty();
  }

  @Test
  @Requirement(
      section = LISTING_TAGS,
      number = 8,
      level = MUST_NOT,
      value = "when n is 0 there is no Link")
  void leadsNowhereWhenNothingIsAskedFor() {
    assertThat(repository.get("/tags/list?n=0").expect(200).headerIfAny("Link")).isEmpty();
  }

  @Test
  @Requirement(
      section = LISTING_TAGS,
      number = 9,
      value = "last: the list begins after that tag, without it")
  void goesOnAfterATag() {
    assertThat(tags("?n=2&last=1.0")).containsExactly("1.1", "_x");
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 10, value = "last may come without n")
  void goesOnAfterATagToTheEnd() {
    assertThat(tags("?last=_x")).containsExactly("latest", "v2");
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 11, value = "after the last tag there is nothing")
  void listsNothingAfterTheLastTag() {
    assertThat(tags("?last=v2")).isEmpty();
  }

  @Test
  @Requirement(
      section = LISTING_TAGS,
      number = 12,
      level = CLIENTS,
      value = "last may be a tag that has been deleted meanwhile")
  void goesOnAfterATagThatIsGone() {
    repository.delete("/manifests/1.0").expect(202);

    assertThat(tags("?last=1.0&n=1")).containsExactly("1.1");
  }

  @Test
  @Requirement(
      section = LISTING_TAGS,
      number = 13,
      value = "a repository without tags: 200 and an empty list")
  void listsNoTagsOfARepositoryWithoutTags() {
    var untagged = registry.freshRepository();
    untagged.pushImage();

    assertThat(untagged.tags()).isEmpty();
  }

  @Test
  @Requirement(section = LISTING_TAGS, number = 14, value = "a repository that is not there: 404")
  void doesNotFindTheTagsOfARepositoryThatIsNotThere() {
    registry.freshRepository().get("/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  private List<String> tags(String query) {
    return repository.get("/tags/list" + query).expect(200).texts("tags");
  }
}
