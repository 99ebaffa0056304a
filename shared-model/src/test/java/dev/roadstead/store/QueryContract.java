package dev.roadstead.store;

import static dev.roadstead.store.StoredItems.item;
import static dev.roadstead.store.StoredItems.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reading several items: pages of a partition in order, and snapshots. */
interface QueryContract extends StoredItems {
  /** In byte order; the order of Java's chars would put the last two the other way round. */
  List<String> IN_BYTE_ORDER =
      List.of(
          "\u0000",
          "A",
          "Z",
          "_",
          "a",
          "a!",
          "a%",
          "a%b",
          "aa",
          "ab",
          "ä",
          "\uFFFD",
          "\uD83D\uDE00");

  private void putAll(List<String> sorts) {
    sorts.forEach(sort -> put(item(sort, 1)));
  }

  @Test
  default void answersItemsInByteOrderWhateverThePageSize() {
    putAll(IN_BYTE_ORDER.reversed());
    for (int limit : List.of(1, 2, 5, IN_BYTE_ORDER.size(), 1000)) {
      assertThat(sorts(Query.of("p", limit))).as("pages of %s", limit).isEqualTo(IN_BYTE_ORDER);
      assertThat(sorts(Query.of("p", limit).eventual())).isEqualTo(IN_BYTE_ORDER);
    }
  }

  @Test
  default void answersWholeItems() {
    put(WriteContract.EVERY_KIND);
    assertThat(walk(Query.of("p", 10))).containsExactly(WriteContract.EVERY_KIND);
  }

  @Test
  default void findsNothingInAnEmptyPartition() {
    put(item("a", 1));
    assertThat(store().query(Query.of("q", 10))).isEqualTo(new Page(List.of(), Optional.empty()));
    store().write(new Write.Delete(key("a"), Condition.NONE));
    assertThat(store().query(Query.of("p", 10))).isEqualTo(new Page(List.of(), Optional.empty()));
  }

  @Test
  default void staysInsideThePartition() {
    putAll(List.of("b"));
    Stream.of("o", "pp", "p ", "P").forEach(p -> put(Item.at(new Key(p, "b")).build()));
    assertThat(walk(Query.of("p", 10))).containsExactly(item("b", 1));
  }

  @Test
  default void beginsBehindASortKeyThatNeedNotExist() {
    putAll(List.of("b", "d", "f"));
    assertThat(sorts(Query.of("p", 10).after("b"))).containsExactly("d", "f");
    assertThat(sorts(Query.of("p", 10).after("c"))).containsExactly("d", "f");
    assertThat(sorts(Query.of("p", 10).after("a"))).containsExactly("b", "d", "f");
    assertThat(sorts(Query.of("p", 10).after("f"))).isEmpty();
    assertThat(sorts(Query.of("p", 1).after("b"))).containsExactly("d", "f");
  }

  @Test
  default void answersOnlyWhatBeginsWithThePrefix() {
    putAll(IN_BYTE_ORDER);
    assertThat(sorts(Query.of("p", 2).beginningWith("a")))
        .containsExactly("a", "a!", "a%", "a%b", "aa", "ab");
    assertThat(sorts(Query.of("p", 9).beginningWith("a%"))).containsExactly("a%", "a%b");
    assertThat(sorts(Query.of("p", 9).beginningWith("_"))).containsExactly("_");
    assertThat(sorts(Query.of("p", 9).beginningWith("\uD83D\uDE00"))).hasSize(1);
    assertThat(sorts(Query.of("p", 9).beginningWith("B"))).isEmpty();
  }

  @Test
  default void combinesPrefixAndPosition() {
    putAll(List.of("a", "m1", "m3", "m5", "z"));
    var query = Query.of("p", 1).beginningWith("m");
    assertThat(sorts(query.after("m1"))).containsExactly("m3", "m5");
    assertThat(sorts(query.after("m2"))).containsExactly("m3", "m5");
    assertThat(sorts(query.after("a"))).as("before").containsExactly("m1", "m3", "m5");
    assertThat(sorts(query.after("m"))).as("the prefix").containsExactly("m1", "m3", "m5");
    assertThat(sorts(query.after("m5"))).as("the last one").isEmpty();
    assertThat(sorts(query.after("n"))).as("behind").isEmpty();
  }

  @Test
  default void answersLargeItemsPageByPage() {
    var sorts = IntStream.range(10, 20).mapToObj(Integer::toString).toList();
    sorts.forEach(s -> put(Item.at(key(s)).with("b", Value.of(new byte[300_000])).build()));
    assertThat(sorts(Query.of("p", 1000))).isEqualTo(sorts);
  }

  @Test
  default void refusesPagesWithoutLimit() {
    for (int limit : List.of(-1, 0, Query.MAX_LIMIT + 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> Query.of("p", limit));
    }
  }

  @Test
  default void readsASnapshotInTheOrderOfItsKeys() {
    putAll(List.of("a", "b"));
    assertThat(store().snapshot(List.of(key("b"), key("absent"), key("a"))))
        .containsExactly(Optional.of(item("b", 1)), Optional.empty(), Optional.of(item("a", 1)));
    assertThat(store().get(key("a"), Consistency.STRONG)).isPresent();
  }

  @Test
  default void refusesSnapshotsOutsideTheLimits() {
    var keys = IntStream.rangeClosed(1, 101).mapToObj(i -> key("k" + i)).toList();
    assertThat(store().snapshot(keys.subList(0, 100))).hasSize(100);
    for (var wrong : List.of(keys, List.<Key>of(), List.of(key("a"), key("a")))) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().snapshot(wrong));
    }
  }
}
