package dev.roadstead.store;

import java.util.HashSet;
import java.util.List;

/**
 * Writes that happen together or not at all: one step of a protocol.
 *
 * @param writes 1 to {@value #MAX_WRITES}, each on another item, {@value #MAX_SIZE_BYTES} bytes in
 *     all (DynamoDB's limits, so that what runs on one interpreter runs on all)
 */
public record Transaction(List<Write> writes) {
  /** How many writes one transaction takes. */
  public static final int MAX_WRITES = 100;

  /** How many bytes one transaction takes. */
  public static final int MAX_SIZE_BYTES = 4 * 1024 * 1024;

  /** Refuses what is outside the limits with {@link IllegalArgumentException}. */
  public Transaction {
    writes = List.copyOf(writes);
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException("a transaction has 1 to 100 writes: " + writes.size());
    }
    var keys = new HashSet<Key>();
    int size = 0;
    for (var write : writes) {
      if (!keys.add(write.key())) {
        throw new IllegalArgumentException("two writes of one item: " + write.key());
      }
      size += write instanceof Write.Put(Item item, Condition c) ? item.sizeBytes() : 0;
    }
    if (size > MAX_SIZE_BYTES) {
      throw new IllegalArgumentException("a transaction holds at most 4 MiB: " + size);
    }
  }

  /** A transaction of these writes. */
  public static Transaction of(Write... writes) {
    return new Transaction(List.of(writes));
  }
}
