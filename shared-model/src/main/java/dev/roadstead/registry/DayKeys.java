package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Key;
import java.util.UUID;

/**
 * Where records lie that have a partition for each day, counted from 1970 in UTC; {@link Keys} has
 * the drawing.
 */
public final class DayKeys {
  /** What the time of an audit entry is subtracted from, so that the newest sorts first. */
  static final long LAST_MILLIS = 9_999_999_999_999_999L;

  private static final long MINUTE_MILLIS = 60_000;
  private static final int MINUTES_OF_A_DAY = 1_440;

  private DayKeys() {}

  /** The partition of the audit entries of a day. */
  public static String audit(long day) {
    return "A#" + day;
  }

  /** An audit entry. */
  static Key auditEntry(long atMillis, UUID id) {
    return new Key(audit(Days.of(atMillis)), "%016d#%s".formatted(LAST_MILLIS - atMillis, id));
  }

  /** The partition of what says which refusals of a day are audit entries. */
  static String refusalsOf(long day) {
    return "AR#" + day;
  }

  /** The minute of a moment, in milliseconds since 1970. */
  public static long minute(long atMillis) {
    return Math.floorDiv(atMillis, MINUTE_MILLIS);
  }

  /** Which refusals of a minute, counted from 1970, are audit entries. */
  static Key refusals(long minute) {
    return new Key(
        refusalsOf(Math.floorDiv(minute, MINUTES_OF_A_DAY)),
        "%04d".formatted(Math.floorMod(minute, MINUTES_OF_A_DAY)));
  }

  /** The partition of the counts of pulls of a day. */
  static String pulls(long day) {
    return "V#" + day;
  }

  /** How often a manifest was pulled on a day. */
  static Key pulls(long day, RepositoryName repository, Digest digest) {
    return new Key(pulls(day), Pulls.prefix(repository) + digest);
  }

  /** The partition of what says which batches of pulls of a day were counted. */
  static String pullBatches(long day) {
    return "VB#" + day;
  }

  /** What says that a batch of pulls was counted, so that it is not counted again. */
  static Key pullBatch(long day, UUID id) {
    return new Key(pullBatches(day), id.toString());
  }

  /** The day that a record of one of these partitions is of. */
  public static long day(Key key) {
    return Long.parseLong(key.partition().substring(key.partition().indexOf('#') + 1));
  }
}
