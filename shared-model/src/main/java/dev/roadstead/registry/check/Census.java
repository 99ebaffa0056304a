package dev.roadstead.registry.check;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that both stores hold, as one walk saw it. It is in memory as a whole: some 2 KB for
 * an image of ten layers. Not one moment: what changes meanwhile may be seen half.
 *
 * @param records by kind and name ({@link Kind.Named})
 * @param objects sizes in bytes by key
 * @param others how many records belong to other parts of the registry
 */
record Census(
    Map<Kind, NavigableMap<String, Item>> records,
    NavigableMap<String, Long> objects,
    long others) {

  /** Walks over records first, then over objects: a record is there before its object. */
  static Census take(MetadataStore metadata, BlobStore blobs, Progress progress) {
    var records = new EnumMap<Kind, NavigableMap<String, Item>>(Kind.class);
    long others = 0;
    long seen = 0;
    Optional<Key> after = Optional.empty();
    do {
      var page = metadata.scan(after, Scan.MAX_LIMIT);
      for (var item : page.items()) {
        var named = Kind.of(item.key());
        named.ifPresent(
            n -> records.computeIfAbsent(n.kind(), k -> new TreeMap<>()).put(n.name(), item));
        others += named.isPresent() ? 0 : 1;
      }
      seen += page.items().size();
      progress.at("records", seen, 0);
      after = page.next();
    } while (after.isPresent());
    return new Census(records, objects(blobs, progress), others);
  }

  private static NavigableMap<String, Long> objects(BlobStore blobs, Progress progress) {
    var objects = new TreeMap<String, Long>();
    Optional<ObjectKey> after = Optional.empty();
    do {
      var page = blobs.scan(after, Scan.MAX_LIMIT);
      page.objects().forEach(object -> objects.put(object.key().text(), object.sizeBytes()));
      progress.at("objects", objects.size(), 0);
      after = page.next();
    } while (after.isPresent());
    return objects;
  }

  NavigableMap<String, Item> all(Kind kind) {
    return records.getOrDefault(kind, new TreeMap<>());
  }

  Optional<Item> one(Kind kind, String name) {
    return Optional.ofNullable(all(kind).get(name));
  }

  /** Records whose name begins with this and a separator. */
  NavigableMap<String, Item> below(Kind kind, String name) {
    var from = name + Kind.BETWEEN;
    return all(kind).subMap(from, true, name + (char) (Kind.BETWEEN.charAt(0) + 1), false);
  }
}
