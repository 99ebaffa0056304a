package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.CLIENTS;
import static dev.roadstead.localstack.spec.Requirement.Section.ENABLING_REFERRERS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What older clients push for want of a referrers API: an index of an image's referrers, under a
 * tag that is made of the image's digest.
 */
class FallbackTagTest extends SpecTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement(
      section = ENABLING_REFERRERS,
      number = 3,
      value =
          "manifests with a subject that an index under the fallback tag names are listed, once")
  void listsWhatAnOlderClientHasPutUnderTheFallbackTag(boolean subjectFirst) {
    var subject = repository.newImage();
    if (subjectFirst) {
      repository.push(subject);
    }
    var first = repository.push(repository.newImage().about(subject));
    pushFallback(subject, first);
    var second = repository.push(repository.newImage().about(subject));
    pushFallback(subject, first, second);

    assertThat(referrers(subject)).containsExactlyInAnyOrder(first.digest(), second.digest());
  }

  @Test
  @Requirement(
      section = ENABLING_REFERRERS,
      number = 4,
      level = CLIENTS,
      value = "the fallback tag is a tag like others: it is pulled as it was pushed, and deleted")
  void keepsTheFallbackTagItself() {
    var subject = repository.pushImage();
    var referrer = repository.push(repository.newImage().about(subject));
    var index = pushFallback(subject, referrer);

    assertThat(repository.get("/manifests/" + fallbackTag(subject)).expect(200).body())
        .isEqualTo(index.bytes());
    repository.delete("/manifests/" + index.digest()).expect(202);

    assertThat(referrers(subject)).containsExactly(referrer.digest());
  }

  @Test
  @Requirement(
      section = ENABLING_REFERRERS,
      number = 5,
      level = CLIENTS,
      value = "a manifest under the fallback tag that names no subject, or another, is no referrer")
  void listsNothingThatDoesNotReferToTheSubject() {
    var subject = repository.pushImage();
    var elsewhere = repository.pushImage();
    var other = repository.push(repository.newImage().about(elsewhere));

    pushFallback(subject, repository.pushImage(), other);

    assertThat(referrers(subject)).isEmpty();
    assertThat(referrers(elsewhere)).containsExactly(other.digest());
  }

  private Manifest pushFallback(Manifest subject, Manifest... referrers) {
    var index = Manifest.index(referrers);
    repository.put("/manifests/" + fallbackTag(subject), index).expect(201);
    return index;
  }

  private static String fallbackTag(Manifest subject) {
    return subject.digest().replace(':', '-');
  }

  private List<String> referrers(Manifest subject) {
    return repository
        .get("/referrers/" + subject.digest())
        .expect(200)
        .json()
        .get("manifests")
        .valueStream()
        .map(descriptor -> descriptor.get("digest").asString())
        .toList();
  }
}
