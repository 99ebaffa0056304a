package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Interleaving.Race;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Referrers are listed as they are, whatever happens to their subject and beside them. */
class ReferrersTest {
  private static final String SIGNATURE = "application/vnd.example.signature";
  private static final String SBOM = "application/vnd.example.sbom";
  private static final TestImage SUBJECT = TestImage.numbered(1);

  private final World world = new World();
  private final Client client = world.client(APP);

  @AfterEach
  void everythingIsSafe() {
    world.isSafe();
  }

  private static String digest(TestImage image) {
    return image.manifest().digest().toString();
  }

  private static TestImage referrer(String type, int number) {
    return TestImage.about(SUBJECT, type, number);
  }

  private void push(TestImage image) {
    client.push(image, digest(image));
  }

  @Test
  void areListedBeforeDuringAndAfterTheLifeOfTheirSubject() {
    push(referrer(SIGNATURE, 1));
    assertThat(client.referrers(SUBJECT)).containsExactly(digest(referrer(SIGNATURE, 1)));
    push(SUBJECT);
    push(referrer(SIGNATURE, 2));
    assertThat(client.referrers(SUBJECT)).hasSize(2);
    client.delete(SUBJECT);
    push(referrer(SIGNATURE, 3));
    assertThat(client.referrers(SUBJECT)).hasSize(3);
    client.delete(referrer(SIGNATURE, 2));
    assertThat(client.referrers(SUBJECT))
        .containsExactlyInAnyOrder(digest(referrer(SIGNATURE, 1)), digest(referrer(SIGNATURE, 3)));
  }

  @Test
  void areThoseOfTheirRepository() {
    push(referrer(SIGNATURE, 1));
    assertThat(world.client(OTHER).referrers(SUBJECT)).isEmpty();
  }

  @Test
  void aPushThatIsRepeatedListsThemOnce() {
    push(referrer(SIGNATURE, 1));
    client.push(referrer(SIGNATURE, 1), "sig");
    assertThat(client.referrers(SUBJECT)).hasSize(1);
  }

  @Test
  void twoThatComeAtOnceAreBothListed() {
    sweep(
        other ->
            new Race(
                () -> other.client(APP).push(referrer(SIGNATURE, 1), "one"),
                () -> other.other(APP).push(referrer(SIGNATURE, 2), "two"),
                () -> assertThat(other.client(APP).referrers(SUBJECT)).hasSize(2)));
  }

  @Test
  void oneThatComesWhileItsSubjectGoesIsListed() {
    sweep(
        other -> {
          other.other(APP).push(SUBJECT, "subject");
          return new Race(
              () -> other.client(APP).push(referrer(SIGNATURE, 1), "one"),
              () -> other.other(APP).delete(SUBJECT),
              () -> assertThat(other.client(APP).referrers(SUBJECT)).hasSize(1));
        });
  }

  @Test
  void oneThatIsDeletedAndPushedAtOnceIsListedIfItIsThere() {
    sweep(
        other -> {
          other.other(APP).push(referrer(SIGNATURE, 1), "one");
          return new Race(
              () -> other.client(APP).delete(referrer(SIGNATURE, 1)),
              () -> other.other(APP).push(referrer(SIGNATURE, 1), "two"),
              () -> {}); // the judge compares lists and manifests
        });
  }

  @Test
  void areFilteredByTheirArtifactType() {
    IntStream.range(0, 5).forEach(n -> push(referrer(SIGNATURE, n)));
    IntStream.range(0, 3).forEach(n -> push(referrer(SBOM, n)));
    assertThat(list(Optional.of(SBOM), Optional.empty()).descriptors()).hasSize(3);
    assertThat(list(Optional.of("application/vnd.example.none"), Optional.empty()).descriptors())
        .isEmpty();
    assertThat(client.referrers(SUBJECT)).hasSize(8);
  }

  private Referrers.Listing list(Optional<String> type, Optional<String> after) {
    return world.process().referrers().list(APP, SUBJECT.manifest().digest(), type, after);
  }

  @Test
  void arePagedWithoutASkipWhileOthersComeAndGo() {
    var stable = IntStream.range(0, 250).mapToObj(n -> referrer(SIGNATURE, n)).toList();
    stable.forEach(this::push);
    var found = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    int number = 1000;
    do {
      var page = list(Optional.of(SIGNATURE), after);
      page.descriptors().stream().map(TestBlob::of).forEach(d -> found.add(digestIn(d)));
      push(referrer(SIGNATURE, number));
      client.delete(referrer(SIGNATURE, number - 1));
      push(referrer(SBOM, number++));
      after = page.next();
    } while (after.isPresent());
    assertThat(new HashSet<>(found)).hasSameSizeAs(found);
    assertThat(found).containsAll(stable.stream().map(ReferrersTest::digest).toList());
  }

  private static String digestIn(TestBlob descriptor) {
    var text = new String(descriptor.bytes(), StandardCharsets.UTF_8);
    return text.replaceFirst(".*\"digest\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void withALargeDescriptorAreListedToo() {
    var noise = TestImage.withNoise(200_000).manifest();
    var text = new String(noise.bytes(), StandardCharsets.UTF_8);
    var annotations = text.replaceFirst("(?s).*\"annotations\":(\\{[^}]*}).*", "$1");
    var large =
        TestImage.of(Optional.of(SUBJECT), Map.of("annotations", annotations), TestBlob.of("{}"));
    push(large);
    var found = list(Optional.empty(), Optional.empty()).descriptors();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst()).hasSizeGreaterThan(250_000);
    assertThat(client.referrers(SUBJECT)).isEqualTo(List.of(digest(large)));
  }

  @Test
  void aPageOfLargeDescriptorsIsNotLargerThanAnAnswerMayBe() {
    for (int number = 0; number < 14; number++) {
      var noise = TestBlob.random(number, 250_000);
      var text = Base64.getEncoder().encodeToString(noise.bytes());
      push(
          TestImage.of(
              Optional.of(SUBJECT),
              Map.of("annotations", "{\"noise\":\"" + text + "\"}"),
              TestBlob.of("{}")));
    }
    var first = list(Optional.empty(), Optional.empty());
    assertThat(first.descriptors().stream().mapToLong(d -> d.length).sum())
        .isLessThanOrEqualTo(Referrers.MAX_PAGE_BYTES);
    assertThat(first.next()).isPresent();
    assertThat(client.referrers(SUBJECT)).hasSize(14).doesNotHaveDuplicates();
  }
}
