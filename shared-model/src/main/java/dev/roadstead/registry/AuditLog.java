package dev.roadstead.registry;

import dev.roadstead.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What was done, the newest first. */
public final class AuditLog {
  /** The longest page. */
  public static final int MAX_PAGE = 200;

  /** How many entries one page looks at, when it is asked for few of them. */
  private static final int MAX_LOOKED_AT = 5_000;

  private static final int READ_AT_ONCE = 500;

  private final Environment environment;

  /** The log in these stores. */
  public AuditLog(Environment environment) {
    this.environment = environment;
  }

  /**
   * A page.
   *
   * @param next where to go on; empty when there is nothing more
   */
  public record Listing(List<AuditEntry> entries, Optional<String> next) {
    /** Copies the list. */
    public Listing {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads a page of those that match.
   *
   * @param sinceMillis only what happened then or later, in milliseconds since 1970
   * @param after what the page before said; {@link IllegalArgumentException} for anything else
   */
  public Listing list(
      Predicate<AuditEntry> wanted, long sinceMillis, Optional<String> after, int limit) {
    var found = new ArrayList<AuditEntry>();
    long oldestMillis =
        Math.max(
            sinceMillis, environment.clock().millis() - AuditEntry.LIFE.toMillis() - Days.MILLIS);
    var place = after.map(Place::parse).orElseGet(this::today);
    int lookedAt = 0;
    while (place.day() >= Days.of(oldestMillis)) {
      var query = Query.of(DayKeys.audit(place.day()), READ_AT_ONCE);
      var page = environment.metadata().query(place.sort().map(query::after).orElse(query));
      for (var item : page.items()) {
        var entry = AuditEntry.of(item);
        lookedAt++;
        place = new Place(place.day(), Optional.of(item.key().sort()));
        if (entry.atMillis() < sinceMillis) {
          return new Listing(found, Optional.empty());
        }
        if (wanted.test(entry)) {
          found.add(entry);
        }
        if (found.size() >= limit || lookedAt >= MAX_LOOKED_AT) {
          return new Listing(found, Optional.of(place.text()));
        }
      }
      if (page.next().isEmpty()) {
        place = new Place(place.day() - 1, Optional.empty());
      }
    }
    return new Listing(found, Optional.empty());
  }

  /**
   * Removes entries whose lives are over. The table in the cloud does that by itself; it does no
   * harm there.
   *
   * @return how many
   */
  public int expire() {
    return Days.expire(environment, DayKeys::audit, AuditEntry.LIFE)
        + new RefusalEntries(environment).expire();
  }

  private Place today() {
    return new Place(Days.of(environment.clock().millis()), Optional.empty());
  }

  /** Between two entries. */
  private record Place(long day, Optional<String> sort) {
    static Place parse(String text) {
      int dot = text.indexOf('.');
      if (!text.matches("\\d{1,6}\\.[0-9a-f#-]{0,64}")) {
        throw new IllegalArgumentException("this page of the audit log does not exist");
      }
      var rest = text.substring(dot + 1);
      return new Place(
          Long.parseLong(text.substring(0, dot)),
          Optional.of(rest).filter(sort -> !sort.isEmpty()));
    }

    String text() {
      return day + "." + sort.orElse("");
    }
  }
}
