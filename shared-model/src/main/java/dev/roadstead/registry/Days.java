package dev.roadstead.registry;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Query;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.function.LongFunction;

/** Days, counted from 1970 in UTC, and records that lie in one partition for each of them. */
public final class Days {
  static final long MILLIS = Duration.ofDays(1).toMillis();

  /**
   * How far behind the end of their lives records are looked for: a registry may have stood still.
   */
  private static final int MAX_DAYS_LATE = 60;

  private static final int READ_AT_ONCE = 500;

  private Days() {}

  /** The day of a moment, in milliseconds since 1970. */
  public static long of(long atMillis) {
    return Math.floorDiv(atMillis, MILLIS);
  }

  /** When records of a day go that live so long after it, in seconds since 1970. */
  static long expiresAtSeconds(long day, Duration life) {
    return (day + 1) * MILLIS / 1000 + life.toSeconds();
  }

  /** Removes the records of the days whose lives are over; tells how many. */
  static int expire(Environment environment, LongFunction<String> partition, Duration life) {
    long newest = of(environment.clock().millis()) - life.toDays() - 1;
    int removed = 0;
    for (long day = newest; day > newest - MAX_DAYS_LATE; day--) {
      var query = Query.of(partition.apply(day), READ_AT_ONCE);
      var page = environment.metadata().query(query).items();
      while (!page.isEmpty()) {
        for (var item : page) {
          environment.metadata().write(new Write.Delete(item.key(), Condition.NONE));
          removed++;
        }
        page = environment.metadata().query(query).items();
      }
    }
    return removed;
  }
}
