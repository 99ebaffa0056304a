package dev.roadstead.registry.collect;

import dev.roadstead.registry.Environment;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import java.util.Optional;

/** Candidates whose hint alone says when they are due. */
final class DueItem {
  private DueItem() {}

  /** The candidate as it is now; empty when it is gone, or its time has not come. */
  static Optional<Item> read(Environment environment, Key candidate) {
    long now = environment.nowSeconds();
    return environment
        .metadata()
        .get(candidate, Consistency.STRONG)
        .filter(item -> item.numberIfAny(Hint.AT).orElse(Long.MAX_VALUE) <= now);
  }
}
