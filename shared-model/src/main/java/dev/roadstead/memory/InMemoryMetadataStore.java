package dev.roadstead.memory;

import dev.roadstead.store.Changes;
import dev.roadstead.store.Conditions;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Outcome.Refusal;
import dev.roadstead.store.Page;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The algebra on one sorted map under one lock: what the other interpreters are compared with. */
public final class InMemoryMetadataStore implements MetadataStore {
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, NavigableMap<String, Item>> partitions = new TreeMap<>();

  @Override
  public synchronized Optional<Item> get(Key key, Consistency consistency) {
    return find(key);
  }

  @Override
  public synchronized Page query(Query query) {
    var partition = partitions.getOrDefault(query.partition(), new TreeMap<>(BY_BYTES));
    var from = query.after().filter(after -> BY_BYTES.compare(after, query.prefix()) >= 0);
    var candidates =
        from.isPresent()
            ? partition.tailMap(from.get(), false)
            : partition.tailMap(query.prefix(), true);
    var found = new ArrayList<Item>();
    for (var item : candidates.values()) {
      if (!item.key().sort().startsWith(query.prefix())) {
        break;
      }
      if (found.size() == query.limit()) {
        return new Page(found, Optional.of(found.getLast().key().sort()));
      }
      found.add(item);
    }
    return new Page(found, Optional.empty());
  }

  @Override
  public synchronized List<Optional<Item>> snapshot(List<Key> keys) {
    Limits.checkSnapshot(keys);
    return keys.stream().map(this::find).toList();
  }

  @Override
  public synchronized Outcome write(Write write) {
    if (write instanceof Write.Check) {
      throw new IllegalArgumentException("a check stands only in a transaction");
    }
    var outcome = transact(Transaction.of(write));
    return outcome instanceof Outcome.Done ? new Outcome.Done(find(write.key())) : outcome;
  }

  @Override
  public synchronized Outcome transact(Transaction transaction) {
    var refusals = new ArrayList<Refusal>();
    for (var write : transaction.writes()) {
      var current = find(write.key());
      if (!Conditions.hold(write.condition(), current)) {
        refusals.add(new Refusal(write.key(), current));
      }
    }
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    var after = transaction.writes().stream().map(this::effect).toList();
    for (int i = 0; i < after.size(); i++) {
      store(transaction.writes().get(i).key(), after.get(i));
    }
    return new Outcome.Done(Optional.empty());
  }

  private Optional<Item> effect(Write write) {
    return switch (write) {
      case Write.Put put -> Optional.of(put.item());
      case Write.Update update -> find(update.key()).map(item -> Changes.apply(update, item));
      case Write.Delete delete -> Optional.empty();
      case Write.Check check -> find(check.key());
    };
  }

  @Override
  public synchronized List<Key> due(String queue, long beforeSeconds, int limit) {
    Limits.checkListed(limit);
    return all().stream()
        .filter(item -> item.textIfAny(Hint.QUEUE).filter(queue::equals).isPresent())
        .filter(item -> item.numberIfAny(Hint.AT).isPresent())
        .filter(item -> item.number(Hint.AT) <= beforeSeconds)
        .sorted(Comparator.comparingLong(item -> item.number(Hint.AT)))
        .limit(limit)
        .map(Item::key)
        .toList();
  }

  @Override
  public synchronized Scan.Items scan(Optional<Key> after, int limit) {
    Scan.checkLimit(limit);
    var found = new ArrayList<Item>();
    var from = after.map(key -> partitions.tailMap(key.partition(), true)).orElse(partitions);
    for (var partition : from.entrySet()) {
      var here = after.filter(key -> key.partition().equals(partition.getKey()));
      var items =
          here.map(key -> partition.getValue().tailMap(key.sort(), false))
              .orElse(partition.getValue());
      for (var item : items.values()) {
        if (found.size() == limit) {
          return new Scan.Items(found, Optional.of(found.getLast().key()));
        }
        found.add(item);
      }
    }
    return new Scan.Items(found, Optional.empty());
  }

  /** Every item there is, for tests that judge a whole registry. */
  public synchronized List<Item> all() {
    return partitions.values().stream().flatMap(p -> p.values().stream()).toList();
  }

  private Optional<Item> find(Key key) {
    var partition = partitions.get(key.partition());
    return partition == null ? Optional.empty() : Optional.ofNullable(partition.get(key.sort()));
  }

  private void store(Key key, Optional<Item> item) {
    var partition = partitions.computeIfAbsent(key.partition(), p -> new TreeMap<>(BY_BYTES));
    item.ifPresentOrElse(i -> partition.put(key.sort(), i), () -> partition.remove(key.sort()));
    if (partition.isEmpty()) {
      partitions.remove(key.partition());
    }
  }
}
