package dev.roadstead.store;

import static dev.roadstead.store.StoredItems.item;
import static dev.roadstead.store.StoredItems.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Walking over everything there is. */
interface ScanContract extends StoredItems {
  /** Every item, page after page. */
  private List<Item> everything(int limit) {
    var found = new ArrayList<Item>();
    Optional<Key> after = Optional.empty();
    do {
      var page = store().scan(after, limit);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      found.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return found;
  }

  @Test
  default void walksOverEveryItemOnceWhateverThePageSize() {
    var items = new ArrayList<Item>();
    for (var partition : List.of("p", "p#", "q", "\uFFFD", "\uD83D\uDE00", "a")) {
      for (var sort : List.of("1", "10", "2", "\u0000", "ä")) {
        items.add(Item.at(new Key(partition, sort)).with("n", items.size()).build());
      }
    }
    items.forEach(this::put);
    for (int limit : List.of(1, 2, 7, items.size(), 1000)) {
      assertThat(everything(limit))
          .as("pages of %s", limit)
          .containsExactlyInAnyOrderElementsOf(items);
    }
  }

  @Test
  default void walksOverNothing() {
    assertThat(store().scan(Optional.empty(), 10).items()).isEmpty();
    assertThat(store().scan(Optional.empty(), 10).next()).isEmpty();
    put(item("a", 1));
    assertThat(everything(1)).containsExactly(item("a", 1));
  }

  @Test
  default void goesOnBehindAnItemThatIsGone() {
    IntStream.range(0, 9).forEach(n -> put(item("s" + n, n)));
    var first = store().scan(Optional.empty(), 4);
    var last = first.next().orElseThrow();
    store().write(new Write.Delete(last, Condition.NONE));
    var rest = store().scan(Optional.of(last), 1000);
    assertThat(first.items()).hasSize(4);
    assertThat(rest.items()).hasSize(5).doesNotContainAnyElementsOf(first.items());
  }

  @Test
  default void seesOnceWhatIsThereThroughoutThoughOthersComeAndGo() {
    IntStream.range(0, 20).forEach(n -> put(item("stays" + n, n)));
    var found = new ArrayList<Key>();
    Optional<Key> after = Optional.empty();
    int round = 0;
    do {
      var page = store().scan(after, 3);
      page.items().forEach(item -> found.add(item.key()));
      after = page.next();
      put(item("comes" + round, round));
      store().write(new Write.Delete(key("comes" + (round - 2)), Condition.NONE));
      round++;
    } while (after.isPresent());
    assertThat(found).doesNotHaveDuplicates();
    assertThat(found).containsAll(IntStream.range(0, 20).mapToObj(n -> key("stays" + n)).toList());
  }

  @Test
  default void refusesPagesOfNothingAndOfTooMuch() {
    for (int limit : List.of(0, -1, 1001)) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().scan(Optional.empty(), limit));
    }
  }
}
