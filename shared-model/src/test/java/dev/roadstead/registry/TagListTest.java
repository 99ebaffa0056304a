package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of tags and repositories are in byte order, and paged without a skip or a repeat. */
class TagListTest {
  private static final TestImage IMAGE = TestImage.numbered(1);

  private final World world = new World();
  private final Client client = world.client(APP);

  @BeforeEach
  void parts() {
    client.pushParts(IMAGE);
  }

  @AfterEach
  void everythingIsSafe() {
    world.isSafe();
  }

  private void tag(String... names) {
    for (var name : names) {
      Client.stored(client.put(IMAGE, name));
    }
  }

  private List<String> page(Optional<String> after, int limit) {
    return world.process().tags().list(APP, after, limit).orElseThrow().tags().stream()
        .map(Tag::text)
        .toList();
  }

  @Test
  void tagsAreInByteOrder() {
    tag("b", "a", "B", "_", "1.0", "1-0", "10");
    assertThat(page(Optional.empty(), 100)).containsExactly("1-0", "1.0", "10", "B", "_", "a", "b");
  }

  @Test
  void aPageGoesOnAfterATagThatNeedNotExist() {
    tag("a", "b", "c", "d");
    assertThat(page(Optional.of("b"), 2)).containsExactly("c", "d");
    client.untag("b");
    assertThat(page(Optional.of("b"), 2)).containsExactly("c", "d");
    assertThat(page(Optional.of("zz"), 2)).isEmpty();
    assertThat(page(Optional.of("! no tag"), 100)).containsExactly("a", "c", "d");
  }

  @Test
  void thereIsMoreExactlyWhenThereIs() {
    tag("a", "b");
    assertThat(world.process().tags().list(APP, Optional.empty(), 1).orElseThrow().more()).isTrue();
    assertThat(world.process().tags().list(APP, Optional.empty(), 2).orElseThrow().more())
        .isFalse();
    assertThat(world.process().tags().list(APP, Optional.empty(), 1000).orElseThrow().more())
        .isFalse();
  }

  @Test
  void pagesNeitherSkipNorRepeatATagThatStays() {
    var stable = IntStream.range(0, 100).mapToObj("s%03d"::formatted).toList();
    stable.forEach(this::tag);
    var found = new ArrayList<String>();
    Optional<String> after = Optional.empty();
    for (int number = 0; ; number++) {
      var page = page(after, 7);
      if (page.isEmpty()) {
        break;
      }
      found.addAll(page);
      after = Optional.of(page.getLast());
      // Others come and go before, at and behind the place where the reader is.
      tag("a" + number, page.getLast() + "x", "z" + number);
      client.untag(page.getLast() + "x");
      client.untag("a" + number);
      client.untag("z" + number);
    }
    assertThat(found).doesNotHaveDuplicates().containsAll(stable);
  }

  @Test
  void aRepositoryWithoutTagsHasAnEmptyListAndAnUnknownOneHasNone() {
    client.push(IMAGE, IMAGE.manifest().digest().toString());
    assertThat(page(Optional.empty(), 10)).isEmpty();
    assertThat(world.process().tags().list(OTHER, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void repositoriesAreListedFromTheirFirstManifestOn() {
    assertThat(names()).isEmpty();
    tag("a");
    world.client(OTHER).push(IMAGE, "a");
    assertThat(names()).containsExactly(APP, OTHER);
    client.delete(IMAGE);
    assertThat(names()).containsExactly(APP, OTHER);
  }

  private List<RepositoryName> names() {
    return world.process().repositories().list(Optional.empty(), 10).names();
  }
}
