package dev.roadstead.aws;

import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
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

/**
 * Counts what DynamoDB charges, by its rules for on-demand tables: reading costs half a unit for
 * each 4 KB, twice that when strong, and again twice in a transaction; writing one unit for each KB
 * of the larger of the item before and after, twice that in a transaction; an item that enters,
 * leaves or moves in the index of candidates one unit more.
 */
final class Bill implements MetadataStore {
  private static final int READ_BYTES = 4096;
  private static final int WRITE_BYTES = 1024;

  private final MetadataStore store;
  private double readUnits;
  private long writeUnits;

  Bill(MetadataStore store) {
    this.store = store;
  }

  double readUnits() {
    return readUnits;
  }

  long writeUnits() {
    return writeUnits;
  }

  void forget() {
    readUnits = 0;
    writeUnits = 0;
  }

  private static long steps(long bytes, int step) {
    return Math.max(1, (bytes + step - 1) / step);
  }

  private static int sizeBytes(Optional<Item> item) {
    return item.map(Item::sizeBytes).orElse(0);
  }

  @Override
  public Optional<Item> get(Key key, Consistency consistency) {
    var found = store.get(key, consistency);
    readUnits += steps(sizeBytes(found), READ_BYTES) * price(consistency);
    return found;
  }

  private static double price(Consistency consistency) {
    return consistency == Consistency.STRONG ? 1 : 0.5;
  }

  @Override
  public Page query(Query query) {
    var page = store.query(query);
    long bytes = page.items().stream().mapToLong(Item::sizeBytes).sum();
    readUnits += steps(bytes, READ_BYTES) * price(query.consistency());
    return page;
  }

  @Override
  public List<Optional<Item>> snapshot(List<Key> keys) {
    var found = store.snapshot(keys);
    found.forEach(item -> readUnits += 2 * steps(sizeBytes(item), READ_BYTES));
    return found;
  }

  @Override
  public Outcome write(Write write) {
    var before = now(write.key());
    var outcome = store.write(write);
    writeUnits += price(before, now(write.key()), 1);
    return outcome;
  }

  @Override
  public Outcome transact(Transaction transaction) {
    var before = transaction.writes().stream().map(write -> now(write.key())).toList();
    var outcome = store.transact(transaction);
    for (int i = 0; i < before.size(); i++) {
      writeUnits += price(before.get(i), now(transaction.writes().get(i).key()), 2);
    }
    return outcome;
  }

  private Optional<Item> now(Key key) {
    return store.get(key, Consistency.STRONG);
  }

  private static long price(Optional<Item> before, Optional<Item> after, int factor) {
    long table = factor * steps(Math.max(sizeBytes(before), sizeBytes(after)), WRITE_BYTES);
    var entryBefore = entry(before);
    var entryAfter = entry(after);
    if (entryBefore.equals(entryAfter)) {
      return table;
    }
    boolean moves = entryBefore.isPresent() && entryAfter.isPresent();
    return table + (moves ? 2 : 1); // a move takes the entry out and puts it in
  }

  private static Optional<String> entry(Optional<Item> item) {
    return item.filter(i -> i.has(Hint.QUEUE)).map(i -> i.text(Hint.QUEUE) + i.number(Hint.AT));
  }

  @Override
  public List<Key> due(String queue, long beforeSeconds, int limit) {
    readUnits += 0.5;
    return store.due(queue, beforeSeconds, limit);
  }

  @Override
  public Scan.Items scan(Optional<Key> after, int limit) {
    throw new UnsupportedOperationException("no operation walks over everything");
  }
}
