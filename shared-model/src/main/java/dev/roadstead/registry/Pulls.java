package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How often manifests were pulled, by day. A pull itself writes nothing: whoever sees pulls counts
 * them, and adds up here what has come together.
 */
public final class Pulls {
  /** How long counts are kept. */
  public static final Duration LIFE = AuditEntry.LIFE;

  /** The longest page. */
  public static final int MAX_PAGE = 500;

  /** How long it is known which batches were counted; nobody delivers one again so late. */
  public static final Duration BATCH_LIFE = Duration.ofDays(30);

  /** The first learns which counts there are not yet; others may begin some of them meanwhile. */
  private static final int MAX_TRIES = 6;

  private static final String PULLS = "pulls";
  private static final String EXPIRES_AT = "expiresAt";

  private final Environment environment;

  /** The counts in these stores. */
  public Pulls(Environment environment) {
    this.environment = environment;
  }

  /** What the sort keys of a repository's counts begin with. */
  static String prefix(RepositoryName repository) {
    return repository + "#";
  }

  /**
   * A page.
   *
   * @param next where to go on; empty when there is nothing more
   */
  public record Listing(List<PullCount> counts, Optional<String> next) {
    /** Copies the list. */
    public Listing {
      counts = List.copyOf(counts);
    }
  }

  /**
   * Adds to what there is: one transaction, and another for the first pulls of a manifest on a day.
   * The same transaction notes that it was done, so a batch that comes again, because nobody has
   * heard the answer or because it was delivered twice, changes nothing. One that is older than
   * those notes is left out: nobody can tell whether it was counted.
   *
   * @throws StoreException when the store cannot answer; the same batch may be added again then
   */
  public void add(PullBatch batch) {
    if (batch.day() < Days.of(environment.clock().millis()) - BATCH_LIFE.toDays()) {
      return;
    }
    var note =
        Item.at(DayKeys.pullBatch(batch.day(), batch.id()))
            .with(EXPIRES_AT, batchExpiresAtSeconds(batch.day()))
            .build();
    var firsts = new HashSet<Key>();
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var writes = new ArrayList<Write>();
      writes.add(Write.create(note));
      batch.counts().forEach(count -> writes.add(more(count, firsts.contains(count.key()))));
      switch (environment.metadata().transact(new Transaction(writes))) {
        case Outcome.Done done -> {
          return;
        }
        case Outcome.Refused refused -> {
          if (refused.of(note.key()).isPresent()) {
            return;
          }
          refused.refusals().stream()
              .map(Outcome.Refusal::key)
              .filter(key -> !firsts.remove(key))
              .forEach(firsts::add);
        }
      }
    }
    throw new StoreException("the pulls of " + batch.counts().getFirst().key() + " come and go");
  }

  private static Write more(PullCount count, boolean first) {
    return first
        ? Write.create(
            Item.at(count.key())
                .with(PULLS, count.pulls())
                .with(EXPIRES_AT, expiresAtSeconds(count.day()))
                .build())
        : new Write.Update(count.key(), List.of(Change.add(PULLS, count.pulls())), Condition.NONE);
  }

  /** When the counts of a day go, in seconds since 1970. */
  public static long expiresAtSeconds(long day) {
    return Days.expiresAtSeconds(day, LIFE);
  }

  /** When it is forgotten that batches of a day were counted, in seconds since 1970. */
  public static long batchExpiresAtSeconds(long day) {
    return Days.expiresAtSeconds(day, BATCH_LIFE);
  }

  /**
   * A page of what was pulled from a repository, the newest day first.
   *
   * @param sinceDay only on that day or later
   * @param after what the page before said; {@link IllegalArgumentException} for anything else
   */
  public Listing list(RepositoryName repository, long sinceDay, Optional<String> after, int limit) {
    var found = new ArrayList<PullCount>();
    long today = Days.of(environment.clock().millis());
    long oldest = Math.max(sinceDay, today - LIFE.toDays() - 1);
    var place = after.map(text -> Place.parse(repository, text)).orElse(new Place(today, ""));
    for (long day = Math.min(place.day(), today); day >= oldest; day--) {
      var query =
          Query.of(DayKeys.pulls(day), limit - found.size())
              .beginningWith(prefix(repository))
              .eventual();
      boolean begun = day == place.day() && !place.sort().isEmpty();
      var page = environment.metadata().query(begun ? query.after(place.sort()) : query);
      for (var item : page.items()) {
        found.add(count(day, repository, item));
      }
      if (found.size() >= limit) {
        var last = found.getLast();
        return new Listing(found, Optional.of(last.day() + "." + last.digest()));
      }
    }
    return new Listing(found, Optional.empty());
  }

  private static PullCount count(long day, RepositoryName repository, Item item) {
    var digest = item.key().sort().substring(prefix(repository).length());
    return new PullCount(day, repository, Digest.parse(digest), item.number(PULLS));
  }

  /**
   * Removes counts and notes whose lives are over. The table in the cloud does that by itself; it
   * does no harm there.
   *
   * @return how many
   */
  public int expire() {
    return Days.expire(environment, DayKeys::pulls, LIFE)
        + Days.expire(environment, DayKeys::pullBatches, BATCH_LIFE);
  }

  /** Behind a count; an empty sort key is before the first one of the day. */
  private record Place(long day, String sort) {
    static Place parse(RepositoryName repository, String text) {
      if (!text.matches("\\d{1,6}\\.sha[0-9a-f:]{1,140}")) {
        throw new IllegalArgumentException("this page of pulls does not exist");
      }
      int dot = text.indexOf('.');
      return new Place(
          Long.parseLong(text.substring(0, dot)), prefix(repository) + text.substring(dot + 1));
    }
  }
}
