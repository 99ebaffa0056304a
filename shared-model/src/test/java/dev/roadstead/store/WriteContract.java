package dev.roadstead.store;

import static dev.roadstead.store.StoredItems.item;
import static dev.roadstead.store.StoredItems.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Single writes: what they store, when they are refused, and what they answer. */
interface WriteContract extends StoredItems {
  Item EVERY_KIND =
      Item.at(key("every-kind"))
          .with("text", "grüße \uD83D\uDE00")
          .with("empty", "")
          .with("number", Long.MIN_VALUE)
          .with("bytes", Value.of(new byte[] {0, -1, 127}))
          .with("names", new Value.Names(new TreeSet<>(List.of("b", "a"))))
          .build();

  @Test
  default void storesEveryKindOfValueAndReadsItBack() {
    var outcome = store().write(Write.create(EVERY_KIND));

    assertThat(outcome).isEqualTo(new Outcome.Done(Optional.of(EVERY_KIND)));
    assertThat(store().get(EVERY_KIND.key(), Consistency.STRONG)).contains(EVERY_KIND);
    assertThat(store().get(EVERY_KIND.key(), Consistency.EVENTUAL)).contains(EVERY_KIND);
  }

  @Test
  default void storesAnItemWithoutAttributes() {
    var bare = Item.at(key("bare")).build();
    put(bare);
    assertThat(stored("bare")).contains(bare);
  }

  @Test
  default void knowsNothingOfAnAbsentItem() {
    assertThat(stored("absent")).isEmpty();
  }

  @Test
  default void keepsKeysApartThatLookAlike() {
    var keys =
        List.of(
            new Key("a", "bc"),
            new Key("ab", "c"),
            new Key("a", "b\u0000c"),
            new Key("a", "b"),
            new Key("A", "bc"),
            new Key("a", "bc "));
    keys.forEach(key -> put(Item.at(key).with("own", key.toString()).build()));

    for (var key : keys) {
      assertThat(store().get(key, Consistency.STRONG).map(item -> item.text("own")))
          .contains(key.toString());
    }
  }

  @Test
  default void replacesAnItemWhole() {
    put(Item.at(key("a")).with("n", 1).with("old", "gone afterwards").build());
    put(item("a", 2));
    assertThat(stored("a")).contains(item("a", 2));
  }

  @Test
  default void refusesToCreateWhatExistsAndShowsIt() {
    put(item("a", 1));

    var outcome = store().write(Write.create(item("a", 2)));

    assertThat(outcome).isEqualTo(refused("a", Optional.of(item("a", 1))));
    assertThat(stored("a")).contains(item("a", 1));
  }

  @Test
  default void deletesAnItemAndAnswersNone() {
    put(item("a", 1));
    var delete = new Write.Delete(key("a"), Condition.is("n", 1));

    assertThat(store().write(delete)).isEqualTo(new Outcome.Done(Optional.empty()));
    assertThat(stored("a")).isEmpty();
    assertThat(store().write(delete)).isEqualTo(refused("a", Optional.empty()));
    assertThat(store().write(new Write.Delete(key("a"), Condition.NONE)))
        .isEqualTo(new Outcome.Done(Optional.empty()));
  }

  @Test
  default void refusesToUpdateAnAbsentItemAndLeavesNoGhost() {
    var changes = List.of(Change.add("n", 1));
    for (var condition : List.of(Condition.NONE, Condition.absent(), Condition.lacks("n"))) {
      var update = new Write.Update(key("ghost"), changes, condition);

      assertThat(store().write(update)).isEqualTo(refused("ghost", Optional.empty()));
      assertThat(stored("ghost")).isEmpty();
    }
  }

  @Test
  default void makesEveryKindOfChangeInOneUpdate() {
    var names = new Value.Names(new TreeSet<>(List.of("one", "two")));
    put(
        Item.at(key("a"))
            .with("set", "old")
            .with("added", 40)
            .with("removed", "x")
            .with("included", names)
            .with("excluded", names)
            .with("emptied", new Value.Names(new TreeSet<>(List.of("last"))))
            .with("untouched", "stays")
            .build());

    var outcome =
        store()
            .write(
                new Write.Update(
                    key("a"),
                    List.of(
                        Change.put("set", new byte[] {1}),
                        Change.put("new", 7),
                        Change.add("added", 2),
                        Change.add("begun", -3),
                        Change.remove("removed"),
                        Change.remove("never there"),
                        Change.include("included", "three"),
                        Change.include("first", "only"),
                        Change.exclude("excluded", "one"),
                        Change.exclude("emptied", "last"),
                        Change.exclude("no set", "x")),
                    Condition.NONE));

    var expected =
        Item.at(key("a"))
            .with("set", Value.of(new byte[] {1}))
            .with("new", 7)
            .with("added", 42)
            .with("begun", -3)
            .with("included", new Value.Names(new TreeSet<>(List.of("one", "three", "two"))))
            .with("first", new Value.Names(new TreeSet<>(List.of("only"))))
            .with("excluded", new Value.Names(new TreeSet<>(List.of("two"))))
            .with("untouched", "stays")
            .build();
    assertThat(outcome).isEqualTo(new Outcome.Done(Optional.of(expected)));
    assertThat(stored("a")).contains(expected);
  }

  /** Conditions by whether they hold of {@link #EVERY_KIND}, with number 5. */
  private static Map<Condition, Boolean> conditions() {
    var holds = new LinkedHashMap<Condition, Boolean>();
    holds.put(Condition.NONE, true);
    holds.put(Condition.exists(), true);
    holds.put(Condition.absent(), false);
    holds.put(Condition.is("empty", ""), true);
    holds.put(Condition.is("number", 5), true);
    holds.put(Condition.is("number", 6), false);
    holds.put(Condition.is("number", "5"), false);
    holds.put(Condition.is("bytes", Value.of(new byte[] {0, -1, 127})), true);
    holds.put(Condition.is("bytes", Value.of(new byte[] {0, -1})), false);
    holds.put(Condition.is("names", new Value.Names(new TreeSet<>(List.of("a", "b")))), true);
    holds.put(Condition.is("names", new Value.Names(new TreeSet<>(List.of("a")))), false);
    holds.put(Condition.is("missing", 0), false);
    holds.put(Condition.above("number", 4), true);
    holds.put(Condition.above("number", 5), false);
    holds.put(Condition.above("missing", -1), false);
    holds.put(Condition.above("text", 0), false);
    holds.put(Condition.has("names"), true);
    holds.put(Condition.has("missing"), false);
    holds.put(Condition.lacks("names"), false);
    holds.put(Condition.lacks("missing"), true);
    holds.put(Condition.all(), true);
    holds.put(Condition.all(Condition.exists(), Condition.is("number", 6)), false);
    holds.put(Condition.all(Condition.exists(), Condition.is("number", 5)), true);
    holds.put(Condition.any(), false);
    holds.put(Condition.any(Condition.absent(), Condition.is("number", 5)), true);
    holds.put(Condition.any(Condition.absent(), Condition.all(Condition.has("missing"))), false);
    return holds;
  }

  @Test
  default void evaluatesEveryKindOfConditionOnAnItem() {
    var attributes = new LinkedHashMap<>(EVERY_KIND.attributes());
    attributes.put("number", Value.of(5));
    var current = new Item(EVERY_KIND.key(), attributes);
    conditions()
        .forEach(
            (condition, holds) -> {
              put(current);
              var outcome = store().write(new Write.Delete(current.key(), condition));
              assertThat(outcome instanceof Outcome.Done).as("%s", condition).isEqualTo(holds);
              assertThat(stored("every-kind").isEmpty()).as("%s", condition).isEqualTo(holds);
            });
  }

  @Test
  default void takesAttributesOfAnAbsentItemForMissing() {
    for (var holds : List.of(Condition.NONE, Condition.absent(), Condition.lacks("n"))) {
      put(item("a", 0));
      store().write(new Write.Delete(key("a"), Condition.NONE));
      var outcome = store().write(new Write.Put(item("a", 1), holds));
      assertThat(outcome).as("%s", holds).isInstanceOf(Outcome.Done.class);
    }
    var refuse =
        List.of(
            Condition.exists(),
            Condition.has("n"),
            Condition.is("n", 0),
            Condition.above("n", -1),
            Condition.any());
    for (var condition : refuse) {
      var outcome = store().write(new Write.Put(item("b", 1), condition));
      assertThat(outcome).as("%s", condition).isEqualTo(refused("b", Optional.empty()));
    }
  }

  @Test
  default void refusesACheckAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().write(new Write.Check(key("a"), Condition.absent())));
  }

  @Test
  default void holdsAnItemOfTheLargestSizeAndRefusesToLetItGrow() {
    int room = Item.MAX_SIZE_BYTES - "p".length() - "big".length() - "b".length();
    var largest = Item.at(key("big")).with("b", Value.of(new byte[room])).build();
    put(largest);

    assertThat(stored("big")).contains(largest);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                store()
                    .write(
                        new Write.Update(
                            key("big"), List.of(Change.put("c", "")), Condition.NONE)));
    assertThat(stored("big")).contains(largest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Item.at(key("big")).with("b", Value.of(new byte[room + 1])).build());
  }

  private static Outcome.Refused refused(String sort, Optional<Item> current) {
    return new Outcome.Refused(List.of(new Outcome.Refusal(key(sort), current)));
  }
}
