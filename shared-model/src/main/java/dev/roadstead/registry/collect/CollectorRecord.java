package dev.roadstead.registry.collect;

import dev.roadstead.registry.Keys;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import java.util.OptionalLong;

/**
 * What the collector knows of itself.
 *
 * @param day that the numbers are about, counted from 1970-01-01
 * @param condemned objects that were condemned on that day
 * @param limit how many may be, as far as is known
 * @param counted whether the limit comes from a count of the registry's blobs
 * @param stoppedAtSeconds since when it stands still until somebody acknowledges that
 */
public record CollectorRecord(
    long day, long condemned, long limit, boolean counted, OptionalLong stoppedAtSeconds) {
  static final String DAY = "day";
  static final String LEFT = "left";
  static final String LIMIT = "limit";
  static final String COUNTED = "counted";
  static final String STOPPED_AT = "stoppedAt";

  static CollectorRecord of(Item item) {
    long limit = item.number(LIMIT);
    return new CollectorRecord(
        item.number(DAY),
        limit - item.number(LEFT),
        limit,
        item.has(COUNTED),
        item.numberIfAny(STOPPED_AT));
  }

  /** A day on which nothing was condemned yet. */
  static CollectorRecord begin(long day, long limit) {
    return new CollectorRecord(day, 0, limit, false, OptionalLong.empty());
  }

  Item toItem() {
    var item =
        Item.at(Keys.collector()).with(DAY, day).with(LEFT, limit - condemned).with(LIMIT, limit);
    if (counted) {
      item.with(COUNTED, 1);
    }
    stoppedAtSeconds.ifPresent(at -> item.with(STOPPED_AT, at));
    return item.build();
  }

  /** Nobody has changed it since it was read. */
  Condition unchanged() {
    return Condition.all(
        Condition.is(DAY, day),
        Condition.is(LIMIT, limit),
        Condition.is(LEFT, limit - condemned),
        stoppedAtSeconds.isPresent()
            ? Condition.is(STOPPED_AT, stoppedAtSeconds.getAsLong())
            : Condition.lacks(STOPPED_AT));
  }
}
