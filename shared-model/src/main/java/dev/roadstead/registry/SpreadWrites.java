package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.ContentionException;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transactions of a push, kept out of each other's way. All pushes into a repository check its
 * record, and those that share a layer count at its link. Where the store says that they were in
 * each other's way at every try, that record gets {@link Stripes}, and this process uses them until
 * they are gone. Where nothing is in the way there is no call, no item and no condition more.
 */
final class SpreadWrites {
  /** How often a record that is in the way gets stripes, or one whose stripes are gone none. */
  private static final int MAX_ROUNDS = 8;

  /** How many records one process remembers; then it forgets them all. */
  private static final int MAX_REMEMBERED = 10_000;

  private static final Change ONE_MORE = Change.add(LinkRecord.REFS, 1);

  private final Environment environment;
  private final Stripes stripes;
  private final Set<Key> striped = ConcurrentHashMap.newKeySet();

  SpreadWrites(Environment environment) {
    this.environment = environment;
    this.stripes = new Stripes(environment);
  }

  /**
   * Makes all writes or none. A refusal is about the records that the writes name, never about a
   * stripe.
   *
   * @param manifest decides which stripe
   */
  Outcome transact(List<Write> writes, Digest manifest) {
    for (int round = 1; round <= MAX_ROUNDS; round++) {
      try {
        var placed = writes.stream().map(write -> placed(write, manifest)).toList();
        var outcome = environment.metadata().transact(new Transaction(placed));
        if (!(outcome instanceof Outcome.Refused refused) || !forget(writes, manifest, refused)) {
          return outcome;
        }
      } catch (ContentionException contended) {
        if (round == MAX_ROUNDS || !relieve(writes, manifest, contended.keys())) {
          throw contended;
        }
      }
    }
    throw new StoreException("the records of " + manifest + " change too often");
  }

  /** The write, at a stripe if that is where it belongs. */
  private Write placed(Write write, Digest manifest) {
    return striped.contains(write.key()) && canBeSpread(write)
        ? atStripe(write, Stripes.of(write.key(), manifest))
        : write;
  }

  private static boolean canBeSpread(Write write) {
    return switch (write) {
      case Write.Update update -> update.changes().contains(ONE_MORE);
      case Write.Check check -> check.condition().equals(RepositoryDelete.IS_ACTIVE);
      case Write.Put put -> false;
      case Write.Delete delete -> false;
    };
  }

  /** A stripe is there exactly as long as its link, or as its repository may be pushed to. */
  private static Write atStripe(Write write, Key stripe) {
    return write instanceof Write.Update
        ? new Write.Update(stripe, List.of(ONE_MORE), Condition.exists())
        : new Write.Check(stripe, Condition.exists());
  }

  /** Whether a stripe that was to be used is not there any more. */
  private boolean forget(List<Write> writes, Digest manifest, Outcome.Refused refused) {
    var gone =
        writes.stream()
            .map(Write::key)
            .filter(striped::contains)
            .filter(key -> refused.of(Stripes.of(key, manifest)).isPresent())
            .toList();
    gone.forEach(striped::remove);
    return !gone.isEmpty();
  }

  /** Whether it may be tried again because something that was in the way can be spread. */
  private boolean relieve(List<Write> writes, Digest manifest, Set<Key> inTheWay) {
    boolean relieved = false;
    for (var write : writes) {
      if (canBeSpread(write) && inTheWay.contains(placed(write, manifest).key())) {
        relieved = true;
        if (!striped.contains(write.key()) && split(write.key())) {
          remember(write.key());
        }
      }
    }
    return relieved;
  }

  /** Whoever is in the way here is most likely about to do the same. */
  private boolean split(Key record) {
    try {
      return stripes.split(record);
    } catch (ContentionException contended) {
      return false;
    }
  }

  private void remember(Key record) {
    if (striped.size() >= MAX_REMEMBERED) {
      striped.clear();
    }
    striped.add(record);
  }
}
