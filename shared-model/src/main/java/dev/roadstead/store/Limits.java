package dev.roadstead.store;

import java.util.HashSet;
import java.util.List;

/** Limits of calls that take no value of their own to hold them; every interpreter checks them. */
public final class Limits {
  /** How many items one snapshot reads (DynamoDB's limit). */
  public static final int MAX_SNAPSHOT_KEYS = 100;

  /** How many keys one listing answers, of items due or of objects. */
  public static final int MAX_LISTED_KEYS = 1000;

  private Limits() {}

  /** Refuses no key, too many and the same one twice with {@link IllegalArgumentException}. */
  public static void checkSnapshot(List<Key> keys) {
    if (keys.isEmpty() || keys.size() > MAX_SNAPSHOT_KEYS) {
      throw new IllegalArgumentException("a snapshot has 1 to 100 keys: " + keys.size());
    }
    if (new HashSet<>(keys).size() < keys.size()) {
      throw new IllegalArgumentException("a snapshot reads each item once");
    }
  }

  /** Refuses a limit outside 1 to {@value #MAX_LISTED_KEYS} likewise. */
  public static void checkListed(int limit) {
    if (limit < 1 || limit > MAX_LISTED_KEYS) {
      throw new IllegalArgumentException("a listing has 1 to 1000 keys: " + limit);
    }
  }

  /** Refuses no part, one twice, and numbers outside 1 to 10,000 likewise. */
  public static void checkPartNumbers(List<Integer> numbers) {
    if (numbers.isEmpty() || new HashSet<>(numbers).size() < numbers.size()) {
      throw new IllegalArgumentException("at least one part, each once: " + numbers);
    }
    if (numbers.stream().anyMatch(number -> number < 1 || number > BlobStore.MAX_PART_NUMBER)) {
      throw new IllegalArgumentException("part numbers go from 1 to 10,000: " + numbers);
    }
  }
}
