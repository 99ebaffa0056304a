package dev.roadstead.registry;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Makes refusals entries of the audit log: each once, however often it is told of, and {@value
 * #MAX_A_MINUTE} of one minute at most, so that whoever is refused cannot fill the store. What was
 * done is noted elsewhere, and never left out ({@link AuditEntry#of}).
 */
public final class RefusalEntries {
  /** How many refusals of one minute become entries, whoever adds them. */
  public static final int MAX_A_MINUTE = 120;

  /** How long it is known which they are; nobody tells of one so late. */
  public static final Duration MINUTE_LIFE = Duration.ofDays(30);

  private static final int MAX_AT_ONCE = Transaction.MAX_WRITES - 1;

  /** Others add refusals of the same minute. */
  private static final int MAX_TRIES = 20;

  private static final String IDS = "ids";
  private static final String EXPIRES_AT = "expiresAt";

  private final Environment environment;

  /** In one process one comes after the other: all of them want the same record. */
  private final ReentrantLock adding = new ReentrantLock();

  /** Entries in these stores. */
  public RefusalEntries(Environment environment) {
    this.environment = environment;
  }

  /**
   * Adds those that are no entries yet, in transactions of up to {@value #MAX_AT_ONCE}. The rest of
   * a minute that has as many as it may is left out: it is in a log.
   *
   * @throws StoreException when the store cannot answer; the same may be added again then
   */
  public void add(Collection<Refusal> refusals) {
    var byMinute =
        refusals.stream()
            .collect(Collectors.groupingBy(refusal -> DayKeys.minute(refusal.entry().atMillis())));
    adding.lock();
    try {
      byMinute.forEach(this::add);
    } finally {
      adding.unlock();
    }
  }

  private void add(long minute, List<Refusal> refusals) {
    var left = new LinkedHashMap<String, Write>();
    refusals.forEach(
        refusal -> left.put(refusal.id().toString(), refusal.entry().write(refusal.id())));
    var key = DayKeys.refusals(minute);
    for (int attempt = 0; !left.isEmpty(); attempt++) {
      if (attempt == MAX_TRIES) {
        throw new StoreException("the refusals of a minute are changed again and again");
      }
      var known = environment.metadata().get(key, Consistency.STRONG);
      var ids = new TreeSet<>(known.map(item -> item.names(IDS)).orElseGet(TreeSet::new));
      left.keySet().removeAll(ids);
      var next = left.keySet().stream().limit(room(ids)).toList();
      if (next.isEmpty()) {
        return;
      }
      ids.addAll(next);
      var writes = new ArrayList<Write>();
      writes.add(known(key, known, ids));
      next.forEach(id -> writes.add(Objects.requireNonNull(left.get(id))));
      switch (environment.metadata().transact(new Transaction(writes))) {
        case Outcome.Done done -> left.keySet().removeAll(next);
        case Outcome.Refused refused -> {
          var there = refused.refusals().stream().map(Outcome.Refusal::key).toList();
          left.values().removeIf(write -> there.contains(write.key())); // fsck has lost an id
        }
      }
    }
  }

  private static int room(Set<String> ids) {
    return Math.clamp(MAX_A_MINUTE - ids.size(), 0, MAX_AT_ONCE);
  }

  /** The record of a minute that has these refusals, in the place of what was read. */
  private static Write known(Key key, Optional<Item> before, SortedSet<String> ids) {
    var item =
        Item.at(key)
            .with(IDS, new Value.Names(ids))
            .with(EXPIRES_AT, expiresAtSeconds(key))
            .build();
    var unchanged =
        before
            .map(
                was ->
                    Optional.ofNullable(was.attributes().get(IDS))
                        .map(value -> Condition.is(IDS, value))
                        .orElseGet(() -> Condition.all(Condition.exists(), Condition.lacks(IDS))))
            .orElseGet(Condition::absent);
    return new Write.Put(item, unchanged);
  }

  /** When it is forgotten which refusals a minute had, in seconds since 1970. */
  public static long expiresAtSeconds(Key minute) {
    return Days.expiresAtSeconds(DayKeys.day(minute), MINUTE_LIFE);
  }

  /**
   * Removes such records whose lives are over; entries are the audit log's. The table in the cloud
   * does that by itself; it does no harm there.
   *
   * @return how many
   */
  public int expire() {
    return Days.expire(environment, DayKeys::refusalsOf, MINUTE_LIFE);
  }
}
