package dev.roadstead.registry;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.ContentionException;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store in which some items are so much asked for that no transaction gets to them, but for one
 * that gives them stripes.
 *
 * @param crowded those items
 */
record CrowdedStore(MetadataStore store, Set<Key> crowded) implements MetadataStore {
  /** A store in which nothing is crowded yet. */
  static CrowdedStore over(MetadataStore store) {
    return new CrowdedStore(store, new HashSet<>());
  }

  @Override
  public Outcome transact(Transaction transaction) {
    var keys = transaction.writes().stream().map(Write::key).toList();
    for (var key : keys) {
      if (crowded.contains(key) && !keys.containsAll(Stripes.of(key))) {
        throw new ContentionException(
            "others are here: " + key, Set.of(key), new IllegalStateException("planned"));
      }
    }
    return store.transact(transaction);
  }

  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    return store.get(key, consistency);
  }

  @Override
  public Page query(Query query) {
    return store.query(query);
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    return store.snapshot(keys);
  }

  @Override
  public Outcome write(Write write) {
    return store.write(write);
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    return store.due(queue, beforeSeconds, limit);
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    return store.scan(after, limit);
  }
}
