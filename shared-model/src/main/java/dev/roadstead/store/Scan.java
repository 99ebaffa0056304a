package dev.roadstead.store;

import java.util.List;
import java.util.Optional;

/** Pages of everything a store holds, for work that looks at a whole registry. */
public final class Scan {
  /** The longest page. */
  public static final int MAX_LIMIT = 1000;

  private Scan() {}

  /** Refuses a limit outside 1 to {@value #MAX_LIMIT} with {@link IllegalArgumentException}. */
  public static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("a page has 1 to 1000 entries: " + limit);
    }
  }

  /**
   * Some items.
   *
   * @param items possibly fewer than asked for although there are more
   * @param next where to go on; empty when there is nothing more
   */
  public record Items(List<Item> items, Optional<Key> next) {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * Some objects.
   *
   * @param objects possibly fewer than asked for although there are more
   * @param next where to go on; empty when there is nothing more
   */
  public record Objects(List<Entry> objects, Optional<ObjectKey> next) {
    /** Copies the list. */
    public Objects {
      objects = List.copyOf(objects);
    }
  }

  /** One object. */
  public record Entry(ObjectKey key, long sizeBytes) {}
}
