package dev.roadstead.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random sequences of everything that can be done to a metadata store, for a test that shows that a
 * store answers to each step what the store in memory answers.
 */
public abstract class AgreesWithMemory {
  private static final List<String> SORTS =
      List.of("a", "ab", "a%", "b", "B", "ä", "\uFFFD", "\uD83D\uDE00", "a\u0000");
  private static final String NUMBER = "n";
  private static final String TEXT = "t";
  private static final String NAMES = "s";
  private static final List<String> ATTRIBUTES = List.of(NUMBER, TEXT, NAMES, Hint.AT, Hint.QUEUE);

  private final boolean mixesTypes;

  /**
   * Sequences for a store.
   *
   * @param mixesTypes whether values of any type stand in any attribute, which no protocol does and
   *     not every store takes
   */
  protected AgreesWithMemory(boolean mixesTypes) {
    this.mixesTypes = mixesTypes;
  }

  /** Something done to a store, told by its words. */
  protected record Step(String words, Function<MetadataStore, Object> action) {
    @Override
    public String toString() {
      return words;
    }
  }

  /** Takes every step in an empty store and in memory, and compares answers and what is left. */
  protected static void agree(MetadataStore store, List<Step> sequence) {
    var memory = new InMemoryMetadataStore();
    for (var step : sequence) {
      assertThat(step.action().apply(store))
          .as(step.words())
          .isEqualTo(step.action().apply(memory));
    }
    for (var item : memory.all()) {
      assertThat(store.get(item.key(), Consistency.STRONG)).contains(item);
    }
  }

  @Provide
  protected Arbitrary<List<Step>> sequences() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, writes().map(AgreesWithMemory::single)),
            Tuple.of(6, transactions()),
            Tuple.of(2, queries()),
            Tuple.of(1, snapshots()),
            Tuple.of(2, listings()))
        .list()
        .ofMaxSize(60);
  }

  private static Arbitrary<Key> keys() {
    return Combinators.combine(Arbitraries.of("p", "q"), Arbitraries.of(SORTS)).as(Key::new);
  }

  private static Arbitrary<Value> values() {
    return Arbitraries.oneOf(
        numbers().map(Value::of), Arbitraries.of("L0", "L1", "").map(Value::of), names());
  }

  private static Arbitrary<Long> numbers() {
    return Arbitraries.longs().between(-3, 3);
  }

  private static Arbitrary<Value> names() {
    return Arbitraries.of("x", "y")
        .set()
        .ofMinSize(1)
        .map(names -> new Value.Names(new TreeSet<>(names)));
  }

  /** What may stand in an attribute. */
  private Arbitrary<Value> values(String attribute) {
    return mixesTypes
        ? values()
        : switch (attribute) {
          case NUMBER, Hint.AT -> numbers().map(Value::of);
          case TEXT -> Arbitraries.of("L0", "L1", "").map(Value::of);
          case Hint.QUEUE -> Arbitraries.of("L0", "L1").map(Value::of);
          default -> names();
        };
  }

  private static Arbitrary<String> attributes() {
    return Arbitraries.of(ATTRIBUTES);
  }

  private Arbitrary<Map.Entry<String, Value>> valued() {
    return attributes().flatMap(name -> values(name).map(value -> Map.entry(name, value)));
  }

  /** Often one that belongs into the index of candidates. */
  private Arbitrary<Item> items() {
    Arbitrary<Map<String, Value>> any =
        valued()
            .list()
            .uniqueElements(Map.Entry::getKey)
            .ofMaxSize(3)
            .map(
                all ->
                    all.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    var hint =
        Combinators.combine(Arbitraries.of("L0", "L1"), numbers())
            .as((queue, at) -> Map.of(Hint.QUEUE, Value.of(queue), Hint.AT, Value.of(at)));
    return Combinators.combine(keys(), Arbitraries.oneOf(any, hint)).as(Item::new);
  }

  private static Arbitrary<Condition> conditions() {
    Arbitrary<Condition> simple =
        Arbitraries.oneOf(
            Arbitraries.of(Condition.NONE, Condition.exists(), Condition.absent()),
            Combinators.combine(attributes(), values()).as(Condition::is),
            Combinators.combine(attributes(), numbers()).as(Condition::above),
            attributes().map(Condition::has),
            attributes().map(Condition::lacks));
    Arbitrary<Condition> tree =
        Combinators.combine(simple, simple, Arbitraries.of(true, false))
            .as((a, b, all) -> all ? Condition.all(a, b) : Condition.any(a, b));
    return Arbitraries.oneOf(Arbitraries.just(Condition.NONE), simple, tree);
  }

  private Arbitrary<Change> changes() {
    var names = Arbitraries.of("x", "y");
    var counted = mixesTypes ? attributes() : Arbitraries.of(NUMBER, Hint.AT);
    var named = mixesTypes ? attributes() : Arbitraries.of(NAMES);
    return Arbitraries.oneOf(
        valued().map(entry -> new Change.Put(entry.getKey(), entry.getValue())),
        Combinators.combine(counted, numbers()).as(Change::add),
        attributes().map(Change::remove),
        Combinators.combine(named, names).as(Change::include),
        Combinators.combine(named, names).as(Change::exclude));
  }

  private Arbitrary<Write> writes() {
    var someChanges = changes().list().ofMinSize(1).ofMaxSize(3).uniqueElements(Change::attribute);
    return Arbitraries.oneOf(
        Combinators.combine(items(), conditions()).as(Write.Put::new),
        Combinators.combine(keys(), someChanges, conditions()).as(Write.Update::new),
        Combinators.combine(keys(), conditions()).as(Write.Delete::new));
  }

  private static Step single(Write write) {
    return new Step(write.toString(), store -> store.write(write));
  }

  private Arbitrary<Step> transactions() {
    var checks = Combinators.combine(keys(), conditions()).as(Write.Check::new);
    Arbitrary<Write> any = Arbitraries.oneOf(writes(), checks.map(check -> (Write) check));
    return any.list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .uniqueElements(Write::key)
        .map(Transaction::new)
        .map(all -> new Step(all.toString(), store -> store.transact(all)));
  }

  private static Arbitrary<Step> queries() {
    var prefixes = Arbitraries.of("", "a", "a%", "ä", "z");
    var afters = Arbitraries.of(SORTS).optional();
    return Combinators.combine(
            Arbitraries.of("p", "q"), prefixes, afters, Arbitraries.integers().between(1, 4))
        .as((p, prefix, after, n) -> new Query(p, prefix, after, n, Consistency.STRONG))
        .map(query -> new Step(query.toString(), store -> store.query(query)));
  }

  private static Arbitrary<Step> snapshots() {
    return keys()
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .uniqueElements()
        .map(keys -> new Step("snapshot " + keys, store -> store.snapshot(keys)));
  }

  /** What is due at the same second may come in any order. */
  private record Due(List<Long> seconds, Set<Key> keys) {
    static Due in(MetadataStore store, String queue, long beforeSeconds) {
      var keys = store.due(queue, beforeSeconds, 100);
      var seconds =
          keys.stream()
              .map(key -> store.get(key, Consistency.STRONG).orElseThrow().number(Hint.AT))
              .toList();
      return new Due(seconds, Set.copyOf(keys));
    }
  }

  private static Arbitrary<Step> listings() {
    return Combinators.combine(Arbitraries.of("L0", "L1"), numbers())
        .as((queue, at) -> new Step("due " + queue + " " + at, store -> Due.in(store, queue, at)));
  }
}
