package dev.roadstead.registry.check;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that both stores hold, as one walk saw it. It is in memory as a whole: some 2 KB for
 * an image of ten layers. Not one moment: what changes meanwhile may be seen half.
 *
 * @param records by kind and name ({@link Kind.Named}); without audit entries, which may be many
 * @param audit what the audit log says
 * @param strangers records that nobody here has made
 * @param objects sizes in bytes by key
 */
record Census(
    Map<Kind, NavigableMap<String, Item>> records,
    AuditTrail audit,
    List<Key> strangers,
    NavigableMap<String, Long> objects) {

  /** Walks over records first, then over objects: a record is there before its object. */
  static Census take(MetadataStore metadata, BlobStore blobs, Progress progress) {
    var records = new EnumMap<Kind, NavigableMap<String, Item>>(Kind.class);
    var audit = new AuditTrail();
    var strangers = new ArrayList<Key>();
    long seen = 0;
    Optional<Key> after = Optional.empty();
    do {
      var page = metadata.scan(after, Scan.MAX_LIMIT);
      for (var item : page.items()) {
        var named = Kind.of(item.key());
        if (named.isEmpty()) {
          strangers.add(item.key());
        } else if (named.get().kind() == Kind.AUDIT) {
          audit.add(item);
        } else {
          records
              .computeIfAbsent(named.get().kind(), k -> new TreeMap<>())
              .put(named.get().name(), item);
        }
      }
      seen += page.items().size();
      progress.at("records", seen, 0);
      after = page.next();
    } while (after.isPresent());
    return new Census(records, audit, strangers, objects(blobs, progress));
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

  /** How many records of a kind there are. */
  int count(Kind kind) {
    return kind == Kind.AUDIT ? audit.entries() : all(kind).size();
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
