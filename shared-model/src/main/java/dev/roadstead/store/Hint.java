package dev.roadstead.store;

import java.util.List;

/**
 * The two attributes that put an item into the sparse index of candidates for collection, and take
 * it out: an item is in it exactly while it has both. The index says when to look, never what to
 * do: every decision is made again by the conditions of a transaction.
 */
public final class Hint {
  /** Which queue: the kind of candidate and a shard, so that the index has no hot spot. */
  public static final String QUEUE = "gcQueue";

  /** When to look, in seconds since 1970. */
  public static final String AT = "gcAt";

  /** How often the collector has failed at an item, which makes it wait longer each time. */
  public static final String TRIES = "gcTries";

  /** How many shards each kind of candidate has. */
  public static final int SHARDS = 8;

  private Hint() {}

  /** The queue that an item with this key belongs to. */
  public static String queue(Kind kind, Key key) {
    return kind.letter() + Math.floorMod(key.hashCode(), SHARDS);
  }

  /** Changes that queue an existing item. */
  public static List<Change> set(Kind kind, Key key, long atSeconds) {
    return List.of(Change.put(QUEUE, queue(kind, key)), Change.put(AT, atSeconds));
  }

  /** Changes that take an existing item out of its queue. */
  public static List<Change> clear() {
    return List.of(Change.remove(QUEUE), Change.remove(AT));
  }

  /** Queues an item that is being built. */
  public static Item.Builder on(Item.Builder item, Kind kind, Key key, long atSeconds) {
    return item.with(QUEUE, queue(kind, key)).with(AT, atSeconds);
  }

  /** What kinds of item are candidates. */
  public enum Kind {
    /** A blob's link to a repository that nothing refers to. */
    LINK("L"),
    /**
     * A manifest without tag or parent. Its time is when that began; whether and when it may go is
     * a policy, which can change.
     */
    MANIFEST("M"),
    /** A repository that is being deleted, or was and can come back. */
    REPOSITORY("A"),
    /** An upload that ended without a blob, and may have left what a direct PUT brought. */
    ORPHAN("O"),
    /** A manifest that is half-way put or deleted. */
    STEP("S"),
    /** An upload session. */
    SESSION("U"),
    /** What is left of a deleted manifest. */
    TOMBSTONE("Z"),
    /** An object in the trash. */
    TRASH("X");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }

    /** Every queue of this kind. */
    public List<String> queues() {
      return java.util.stream.IntStream.range(0, SHARDS).mapToObj(i -> letter + i).toList();
    }
  }
}
