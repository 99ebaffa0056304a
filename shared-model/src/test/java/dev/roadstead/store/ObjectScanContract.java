package dev.roadstead.store;

import static dev.roadstead.store.StoredObjects.bytes;
import static dev.roadstead.store.StoredObjects.joined;
import static dev.roadstead.store.StoredObjects.key;
import static dev.roadstead.store.StoredObjects.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Walking over all objects, and reading one as a stream. */
interface ObjectScanContract extends StoredObjects {
  /** Keys whose order is not the same by bytes and by components. */
  List<String> KEYS =
      List.of("data/ab/u", "data/ab/u-v", "data/ab/u/t1", "data/ab/u/t10", "data/ac", "in/x/y/z");

  /** Every object, page after page. */
  private List<Scan.Entry> everything(int limit) {
    var found = new ArrayList<Scan.Entry>();
    Optional<ObjectKey> after = Optional.empty();
    do {
      var page = store().scan(after, limit);
      assertThat(page.objects()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.objects());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  @Test
  default void walksOverEveryObjectOnceWhateverThePageSize() {
    var entries = new ArrayList<Scan.Entry>();
    for (var key : KEYS) {
      entries.add(new Scan.Entry(key(key), key.length()));
      store().put(key(key), bytes(key));
    }
    for (int limit : List.of(1, 2, 5, KEYS.size(), 1000)) {
      assertThat(everything(limit))
          .as("pages of %s", limit)
          .containsExactlyInAnyOrderElementsOf(entries);
    }
  }

  @Test
  default void walksOverObjectsOfEveryMaking() {
    stageWithChecksum(key("in/a/b/c"), bytes("checked"));
    storeInParts(key("data/aa/parts"), part('a'), bytes("end"));
    stage(key("data/aa/one"), bytes(""));
    assertThat(everything(2))
        .containsExactlyInAnyOrder(
            new Scan.Entry(key("in/a/b/c"), 7),
            new Scan.Entry(key("data/aa/parts"), PART_BYTES + 3L),
            new Scan.Entry(key("data/aa/one"), 0));
  }

  @Test
  default void goesOnBehindAnObjectThatIsGone() {
    KEYS.forEach(key -> store().put(key(key), bytes(key)));
    var first = store().scan(Optional.empty(), 2);
    var last = first.next().orElseThrow();
    store().delete(last);
    assertThat(store().scan(Optional.of(last), 1000).objects())
        .hasSize(KEYS.size() - 2)
        .doesNotContainAnyElementsOf(first.objects());
  }

  @Test
  default void walksOverWhatIsBelowAKeyBeItAnObjectOrNot() {
    KEYS.forEach(key -> store().put(key(key), bytes(key)));
    for (var parent : List.of("data", "data/ab", "data/ab/u", "in/x", "in/x/y/z", "none")) {
      var below = KEYS.stream().filter(key -> key.startsWith(parent + "/")).toList();
      for (int limit : List.of(1, 2, 1000)) {
        assertThat(below(parent, limit))
            .as("below %s, pages of %s", parent, limit)
            .extracting(Scan.Entry::key)
            .containsExactlyInAnyOrderElementsOf(below.stream().map(StoredObjects::key).toList());
      }
    }
  }

  private List<Scan.Entry> below(String parent, int limit) {
    var found = new ArrayList<Scan.Entry>();
    Optional<ObjectKey> after = Optional.empty();
    do {
      var page = store().scanBelow(key(parent), after, limit);
      assertThat(page.objects()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.objects());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  @Test
  default void goesOnBelowAKeyBehindAnObjectThatIsGone() {
    KEYS.forEach(key -> store().put(key(key), bytes(key)));
    var first = store().scanBelow(key("data"), Optional.empty(), 2);
    var last = first.next().orElseThrow();
    store().delete(last);
    assertThat(store().scanBelow(key("data"), Optional.of(last), 1000).objects())
        .hasSize(KEYS.size() - 3)
        .doesNotContainAnyElementsOf(first.objects());
  }

  @Test
  default void walksOverNoObjects() {
    assertThat(everything(10)).isEmpty();
    store().put(key("data/ab/u"), bytes("x"));
    store().delete(key("data/ab/u"));
    assertThat(everything(10)).isEmpty();
  }

  @Test
  default void refusesPagesOfNoObjectsAndOfTooMany() {
    for (int limit : List.of(0, -1, 1001)) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().scan(Optional.empty(), limit));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store().scanBelow(key("data"), Optional.empty(), limit));
    }
  }

  @Test
  default void readsAnObjectAsAStream() throws IOException {
    var whole = joined(part('a'), bytes("end"));
    storeInParts(key("data/aa/parts"), part('a'), bytes("end"));
    try (var stream = store().stream(key("data/aa/parts")).orElseThrow()) {
      assertThat(stream.readAllBytes()).isEqualTo(whole);
      assertThat(stream.read()).isEqualTo(-1);
    }
    assertThat(store().stream(key("data/aa/none"))).isEmpty();
  }
}
