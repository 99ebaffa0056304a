package dev.roadstead.memory;

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
import java.util.List;
import java.util.Optional;

/** A metadata store whose calls are counted and may be the last of their process. */
public record FaultyMetadataStore(MetadataStore store, FaultPlan plan) implements MetadataStore {
  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    return plan.run("get", () -> store.get(key, consistency));
  }

  @Override
  public Page query(Query query) {
    return plan.run("query", () -> store.query(query));
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    return plan.run("snapshot", () -> store.snapshot(keys));
  }

  @Override
  public Outcome write(Write write) {
    return plan.run("write", () -> store.write(write));
  }

  @Override
  public Outcome transact(Transaction transaction) {
    return plan.run("transact", () -> store.transact(transaction));
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    return plan.run("due", () -> store.due(queue, beforeSeconds, limit));
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    return plan.run("scan", () -> store.scan(after, limit));
  }
}
