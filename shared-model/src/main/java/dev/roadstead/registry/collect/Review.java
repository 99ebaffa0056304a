package dev.roadstead.registry.collect;

import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/** One rule of collection: judges one kind of candidate. */
public interface Review {
  /** The candidates it judges. */
  Hint.Kind kind();

  /**
   * The newest hint it is interested in at this moment.
   *
   * @param nowSeconds since 1970, likewise the answer
   */
  default long dueUntil(long nowSeconds) {
    return nowSeconds;
  }

  /** Judges one candidate; reads only. */
  Verdict judge(Key candidate);
}
