package dev.roadstead.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store under test, and the few words its contracts share. */
public interface StoredItems {
  /** The store under test; empty when a test begins. */
  MetadataStore store();

  /** A key of the partition most tests use. */
  static Key key(String sort) {
    return new Key("p", sort);
  }

  /** A small item. */
  static Item item(String sort, long number) {
    return Item.at(key(sort)).with("n", number).build();
  }

  /** The item as it is now. */
  default Optional<Item> stored(String sort) {
    return store().get(key(sort), Consistency.STRONG);
  }

  /** Stores an item, whatever was there. */
  default void put(Item item) {
    store().write(new Write.Put(item, Condition.NONE));
  }

  /** Every item of a query, page after page. */
  default List<Item> walk(Query first) {
    var found = new ArrayList<Item>();
    var query = Optional.of(first);
    while (query.isPresent()) {
      var asked = query.get();
      var page = store().query(asked);
      if (page.items().size() > asked.limit()) {
        throw new AssertionError("a page has more items than asked for");
      }
      found.addAll(page.items());
      query = page.next().map(asked::after);
    }
    return found;
  }

  /** The sort keys of a query, page after page. */
  default List<String> sorts(Query first) {
    return walk(first).stream().map(item -> item.key().sort()).toList();
  }
}
