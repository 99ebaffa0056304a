package dev.roadstead.registry.check;

import dev.roadstead.registry.Child;
import dev.roadstead.store.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** What a sparse index names and does without: recorded when it was pushed, and never counted. */
final class Sparse {
  private Sparse() {}

  /** Children that the record of a manifest says were absent, or must have been. */
  static List<Child> absent(Census census, String name, Known manifest) {
    var record = census.one(Kind.MANIFEST, name);
    var named = new HashSet<>(manifest.namedChildren());
    var absent = unpacked(record, "absent").filter(named::containsAll).orElse(List.of());
    if (!absent.isEmpty() || record.isEmpty()) {
      return absent;
    }
    var counted = unpacked(record, "children").filter(named::containsAll);
    if (counted.isEmpty()) {
      return List.of();
    }
    var rest = new ArrayList<>(manifest.namedChildren());
    rest.removeAll(counted.get());
    rest.removeIf(
        child ->
            child.kind() == Child.Kind.BLOB
                || census
                    .one(Kind.MANIFEST, Facts.repository(name) + Kind.BETWEEN + child.digest())
                    .isPresent());
    return rest;
  }

  /** The packed children, if they can be read. */
  static Optional<List<Child>> unpacked(Optional<Item> record, String attribute) {
    try {
      return record.flatMap(item -> item.bytesIfAny(attribute)).map(Child::unpack);
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
