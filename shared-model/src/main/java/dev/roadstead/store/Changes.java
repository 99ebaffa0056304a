package dev.roadstead.store;

import java.util.TreeMap;
import java.util.TreeSet;

/** Applies an update's changes to an item: for interpreters that do it in this process. */
public final class Changes {
  private Changes() {}

  /**
   * The item after the update.
   *
   * @throws IllegalArgumentException when it would be larger than an item may be
   */
  public static Item apply(Write.Update update, Item before) {
    var attributes = new TreeMap<>(before.attributes());
    for (var change : update.changes()) {
      switch (change) {
        case Change.Put(String attribute, Value value) -> attributes.put(attribute, value);
        case Change.Add(String attribute, long delta) ->
            attributes.put(
                attribute, Value.of(Math.addExact(before.numberIfAny(attribute).orElse(0), delta)));
        case Change.Remove(String attribute) -> attributes.remove(attribute);
        case Change.Include(String attribute, String name) -> {
          var names = new TreeSet<>(before.names(attribute));
          names.add(name);
          attributes.put(attribute, new Value.Names(names));
        }
        case Change.Exclude(String attribute, String name) -> {
          var names = new TreeSet<>(before.names(attribute));
          names.remove(name);
          if (names.isEmpty()) {
            attributes.remove(attribute);
          } else {
            attributes.put(attribute, new Value.Names(names));
          }
        }
      }
    }
    return new Item(before.key(), attributes);
  }
}
