package dev.roadstead.store;

import static dev.roadstead.store.StoredItems.item;
import static dev.roadstead.store.StoredItems.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sparse index of candidates follows the items. */
interface DueContract extends StoredItems {
  private static Item hinted(String sort, String queue, long atSeconds) {
    return Item.at(key(sort)).with(Hint.QUEUE, queue).with(Hint.AT, atSeconds).build();
  }

  private List<String> due(String queue, long beforeSeconds) {
    return store().due(queue, beforeSeconds, 100).stream().map(Key::sort).toList();
  }

  private void update(String sort, Change... changes) {
    store().write(new Write.Update(key(sort), List.of(changes), Condition.NONE));
  }

  @Test
  default void answersWhatIsDueOldestFirst() {
    Stream.of(hinted("a", "L1", 30), hinted("b", "L1", 10), hinted("c", "L1", 20))
        .forEach(this::put);
    put(hinted("d", "L2", 10));
    put(item("e", 1));

    assertThat(due("L1", 100)).containsExactly("b", "c", "a");
    assertThat(due("L1", 20)).containsExactly("b", "c");
    assertThat(due("L1", 9)).isEmpty();
    assertThat(due("L2", 100)).containsExactly("d");
    assertThat(due("L3", 100)).isEmpty();
    assertThat(store().due("L1", 100, 2)).containsExactly(key("b"), key("c"));
  }

  @Test
  default void keepsTimesBefore1970AndFarAway() {
    put(hinted("a", "L1", Long.MIN_VALUE));
    put(hinted("b", "L1", Long.MAX_VALUE));
    assertThat(due("L1", 0)).containsExactly("a");
    assertThat(due("L1", Long.MAX_VALUE)).containsExactly("a", "b");
  }

  @Test
  default void namesAnItemOnlyWhileItHasBothAttributes() {
    put(item("a", 1));
    update("a", Change.put(Hint.QUEUE, "L1"));
    assertThat(due("L1", 100)).isEmpty();
    update("a", Change.put(Hint.AT, 50));
    assertThat(due("L1", 100)).containsExactly("a");
    update("a", Change.remove(Hint.QUEUE));
    assertThat(due("L1", 100)).isEmpty();
    update("a", Change.put(Hint.QUEUE, "L1"), Change.remove(Hint.AT));
    assertThat(due("L1", 100)).isEmpty();
  }

  @Test
  default void followsAnItemThatIsMovedReplacedOrDeleted() {
    put(hinted("a", "L1", 10));
    update("a", Change.put(Hint.AT, 20));
    assertThat(due("L1", 10)).isEmpty();
    assertThat(due("L1", 20)).containsExactly("a");
    put(hinted("a", "L2", 20));
    assertThat(due("L1", 100)).isEmpty();
    assertThat(due("L2", 100)).containsExactly("a");
    put(item("a", 1));
    assertThat(due("L2", 100)).isEmpty();
    put(hinted("a", "L2", 20));
    store().write(new Write.Delete(key("a"), Condition.NONE));
    assertThat(due("L2", 100)).isEmpty();
  }

  @Test
  default void takesTheChangesThatHintsAreMadeOf() {
    var kind = Hint.Kind.SESSION;
    put(item("a", 1));
    update("a", Hint.set(kind, key("a"), 10).toArray(Change[]::new));
    assertThat(due(Hint.queue(kind, key("a")), 10)).containsExactly("a");
    update("a", Hint.clear().toArray(Change[]::new));
    assertThat(due(Hint.queue(kind, key("a")), 10)).isEmpty();
  }

  @Test
  default void changesInTheTransactionThatChangesTheItemOrNotAtAll() {
    put(hinted("a", "L1", 10));
    var moves = new Write.Put(hinted("a", "L2", 10), Condition.NONE);
    var adds = Write.create(hinted("b", "L2", 10));

    store().transact(Transaction.of(moves, adds, new Write.Check(key("c"), Condition.exists())));
    assertThat(due("L1", 100)).containsExactly("a");
    assertThat(due("L2", 100)).isEmpty();

    store().transact(Transaction.of(moves, adds));
    assertThat(due("L1", 100)).isEmpty();
    assertThat(due("L2", 100)).containsExactly("a", "b");
  }

  @Test
  default void refusesListingsWithoutLimit() {
    for (int limit : List.of(-1, 0, Limits.MAX_LISTED_KEYS + 1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> store().due("L1", 100, limit));
    }
  }
}
