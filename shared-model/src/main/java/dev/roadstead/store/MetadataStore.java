package dev.roadstead.store;

import java.util.List;
import java.util.Optional;

/**
 * Where the registry keeps everything but bytes: a small algebra with conditions, so that every
 * protocol is written once. Interpreters decide nothing; they retry conflicts and throttling
 * themselves, within a limit.
 *
 * <p>Every method throws {@link StoreException} when the store cannot answer; a write may then have
 * happened or not, and the caller finds out by reading.
 */
public interface MetadataStore {

  /** Reads one item. */
  Optional<Item> get(Key key, Consistency consistency);

  /** Reads a page of one partition. */
  Page query(Query query);

  /**
   * Reads several items as they were at one moment.
   *
   * @param keys 1 to 100, all different
   * @return in the order of the keys, empty where there is no item
   */
  List<Optional<Item>> snapshot(List<Key> keys);

  /** Makes one write, if its condition holds; a {@link Write.Check} alone is refused. */
  Outcome write(Write write);

  /**
   * Makes all writes or none.
   *
   * @throws ContentionException when others were about the same items at every try
   */
  Outcome transact(Transaction transaction);

  /**
   * Keys from the sparse index of candidates (see {@link Hint}), oldest first; the index may lag
   * behind the items.
   *
   * @param beforeSeconds only those whose time has come by then, in seconds since 1970
   * @param limit 1 to {@value Query#MAX_LIMIT}
   */
  List<Key> due(String queue, long beforeSeconds, int limit);

  /**
   * Reads a page of everything there is, in an order of the store's own; for work that looks at a
   * whole registry, never on a client's way. An item that is there from the first page to the last
   * is seen exactly once, and not older than when the walk began; one that comes or goes meanwhile
   * may be missed.
   *
   * @param after where the last page ended; empty for the first one
   * @param limit 1 to {@value Scan#MAX_LIMIT}
   */
  Scan.Items scan(Optional<Key> after, int limit);
}
