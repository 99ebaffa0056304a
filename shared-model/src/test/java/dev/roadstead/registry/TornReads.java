package dev.roadstead.registry;

import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What plain reads may see of a store while a transaction is being made visible item by item, and
 * what eventual ones may see long after: each item as it was before or as it is now. Snapshots and
 * conditions see what is.
 *
 * @param before the store as it was
 * @param now the store as it is
 * @param strongSees which items a strong read sees as they are now
 * @param eventualSees which an eventual one does
 */
record TornReads(
    InMemoryMetadataStore before,
    InMemoryMetadataStore now,
    Predicate<Key> strongSees,
    Predicate<Key> eventualSees)
    implements MetadataStore {
  /** A store with these items. */
  static InMemoryMetadataStore copy(List<Item> items) {
    var copy = new InMemoryMetadataStore();
    items.forEach(item -> copy.write(new Write.Put(item, Condition.NONE)));
    return copy;
  }

  private Predicate<Key> sees(Consistency consistency) {
    return switch (consistency) {
      case STRONG -> strongSees;
      case EVENTUAL -> eventualSees;
    };
  }

  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    var store = sees(consistency).test(key) ? now : before;
    return store.get(key, Consistency.STRONG);
  }

  @Override
  public Page query(Query query) {
    var seen = new TreeMap<String, Item>();
    var sees = sees(query.consistency());
    before.query(query).items().stream()
        .filter(item -> !sees.test(item.key()))
        .forEach(item -> seen.put(item.key().sort(), item));
    now.query(query).items().stream()
        .filter(item -> sees.test(item.key()))
        .forEach(item -> seen.put(item.key().sort(), item));
    return new Page(new ArrayList<>(seen.values()), Optional.empty());
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    return now.snapshot(keys);
  }

  @Override
  public Outcome write(Write write) {
    return now.write(write);
  }

  @Override
  public Outcome transact(Transaction transaction) {
    return now.transact(transaction);
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    return now.due(queue, beforeSeconds, limit);
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    return now.scan(after, limit);
  }
}
