package dev.roadstead.store;

import java.util.Set;

/**
 * At every try other transactions were about the same items. Whoever can do without those items
 * does so; everybody else treats it as what it is, a store that cannot answer now.
 */
public final class ContentionException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final transient Set<Key> keys;

  /**
   * What was in the way.
   *
   * @param keys of the items that others held at the last try
   */
  public ContentionException(String message, Set<Key> keys, Throwable cause) {
    super(message, cause);
    this.keys = Set.copyOf(keys);
  }

  /** The items that others held at the last try. */
  public Set<Key> keys() {
    return keys;
  }
}
