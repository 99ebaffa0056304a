package dev.roadstead.registry;

import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.Optional;

/**
 * What is left of deleted manifests, and its two ends. Soon after the deletion everything that
 * referred to the manifest becomes a candidate: a transaction could not take any number of
 * referrers along. Later the tombstone itself goes, and a body that is an object goes to the trash.
 */
public final class Tombstones {
  private static final int PAGE = 100;

  private final Environment environment;

  /** Tombstones in these stores. */
  public Tombstones(Environment environment) {
    this.environment = environment;
  }

  /**
   * Queues every referrer of the deleted manifest, then the tombstone for its expiry. A crash in
   * between repeats it all.
   */
  public boolean queueReferrers(TombstoneRecord tombstone) {
    var partition = Keys.referrers(tombstone.repository(), tombstone.digest());
    var next = Optional.of(Query.of(partition, PAGE));
    while (next.isPresent()) {
      var query = next.get();
      var page = environment.metadata().query(query);
      page.items().forEach(entry -> queue(tombstone, entry));
      next = page.next().map(query::after);
    }
    var key = tombstone.key();
    var changes = new ArrayList<>(Hint.set(Hint.Kind.TOMBSTONE, key, tombstone.expiresAtSeconds()));
    changes.add(Change.put(TombstoneRecord.REFERRERS_QUEUED, 1));
    var later = new Write.Update(key, changes, asRead(tombstone));
    return environment.metadata().write(later) instanceof Outcome.Done;
  }

  /** A referrer that something else keeps is found to be needed, and leaves the queue again. */
  private void queue(TombstoneRecord tombstone, Item entry) {
    var key = Keys.manifest(tombstone.repository(), Referrers.referrer(entry.key()));
    var write =
        new Write.Update(
            key,
            Hint.set(Hint.Kind.MANIFEST, key, environment.nowSeconds()),
            Condition.all(ManifestRecord.IS_LIVE, Condition.lacks(Hint.AT)));
    environment.metadata().write(write); // refused: it is gone, or queued already
  }

  /** Removes a tombstone for good; false when it is not as it was read. */
  public boolean expire(TombstoneRecord tombstone) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(tombstone.key(), asRead(tombstone)));
    tombstone
        .bodyObject()
        .map(
            object ->
                TrashRecord.manifestBody(
                    tombstone.digest(), object, tombstone.sizeBytes(), environment.nowSeconds()))
        .ifPresent(trash -> writes.add(Write.create(trash)));
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }

  private static Condition asRead(TombstoneRecord tombstone) {
    return Condition.is(Hint.AT, tombstone.lookAtSeconds());
  }

  /** The tombstone with this key, if it is still there. */
  public Optional<TombstoneRecord> find(Key key) {
    return environment.metadata().get(key, Consistency.STRONG).map(TombstoneRecord::of);
  }
}
