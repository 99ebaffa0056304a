package dev.roadstead.endpoints.list;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A page of names of which the caller may see some: the store's pages are read until it is full,
 * but not for ever. A page that stays short says where to go on, as a full one does.
 *
 * @param names at most as many as were asked for
 * @param next where to go on; empty when there is nothing more
 */
record Shown<N>(List<N> names, Optional<N> next) {
  /** How many pages of the store one page of the answer is made of. */
  static final int MAX_READS = 10;

  /** A page of the store. */
  record Read<N>(List<N> names, boolean more) {}

  /**
   * Collects a page.
   *
   * @param read reads from behind a name on
   */
  static <N> Shown<N> collect(
      Optional<String> after,
      int limit,
      Function<Optional<String>, Read<N>> read,
      Predicate<N> maySee) {
    var shown = new ArrayList<N>();
    var last = after;
    for (int reads = 0; reads < MAX_READS; reads++) {
      var page = read.apply(last);
      for (int i = 0; i < page.names().size(); i++) {
        var name = page.names().get(i);
        if (maySee.test(name)) {
          shown.add(name);
        }
        boolean more = page.more() || i + 1 < page.names().size();
        if (shown.size() == limit && more) {
          return new Shown<>(shown, Optional.of(name));
        }
      }
      if (!page.more() || page.names().isEmpty()) {
        return new Shown<>(shown, Optional.empty());
      }
      var end = page.names().getLast();
      last = Optional.of(end.toString());
      if (reads + 1 == MAX_READS) {
        return new Shown<>(shown, Optional.of(end));
      }
    }
    throw new IllegalStateException("at least one page is read");
  }
}
