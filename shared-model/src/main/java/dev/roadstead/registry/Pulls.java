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
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
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

  /** Two processes may find that a day has no count yet; more is a store that forgets. */
  private static final int MAX_TRIES = 3;

  private static final String PULLS = "pulls";
  private static final String EXPIRES_AT = "expiresAt";

  private final Environment environment;

  /** The counts in these stores. */
  public Pulls(Environment environment) {
    this.environment = environment;
  }

  /** Where the counts of a day lie, counted from 1970. */
  static String partition(long day) {
    return "V#" + day;
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
   * Adds to what there is: one write, and one more for the first pulls of a manifest on a day.
   *
   * @throws StoreException when the store cannot answer; whether it was added is not known then
   */
  public void add(PullCount count) {
    var key = Keys.pulls(count.day(), count.repository(), count.digest());
    var more = new Write.Update(key, List.of(Change.add(PULLS, count.pulls())), Condition.NONE);
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (environment.metadata().write(more) instanceof Outcome.Done
          || environment.metadata().write(first(key, count)) instanceof Outcome.Done) {
        return;
      }
    }
    throw new StoreException("the pulls of " + key.sort() + " come and go");
  }

  private static Write first(Key key, PullCount count) {
    long expiresAt = expiresAtSeconds(count.day());
    return Write.create(
        Item.at(key).with(PULLS, count.pulls()).with(EXPIRES_AT, expiresAt).build());
  }

  /** When the counts of a day go, in seconds since 1970. */
  public static long expiresAtSeconds(long day) {
    return (day + 1) * Days.MILLIS / 1000 + LIFE.toSeconds();
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
          Query.of(partition(day), limit - found.size())
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
   * Removes counts whose lives are over. The table in the cloud does that by itself; it does no
   * harm there.
   *
   * @return how many
   */
  public int expire() {
    return Days.expire(environment, Pulls::partition, LIFE);
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
