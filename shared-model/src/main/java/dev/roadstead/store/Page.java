package dev.roadstead.store;

import java.util.List;
import java.util.Optional;

/**
 * What a query found.
 *
 * @param items in order; possibly fewer than asked for although there are more
 * @param next where to go on ({@link Query#after}); empty when there is nothing more
 */
public record Page(List<Item> items, Optional<String> next) {
  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
