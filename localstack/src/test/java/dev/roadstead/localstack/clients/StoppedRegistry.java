package dev.roadstead.localstack.clients;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.DataFolder.Secret;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.registry.Safe;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a registry has left in its data folder, before the judge of the protocols' own tests. */
final class StoppedRegistry {
  private static final int MAX_OBJECT_BYTES = 64 * 1024 * 1024;

  private StoppedRegistry() {}

  /** Every invariant that does not hold, in words; of a registry that is small, and stopped. */
  static List<String> violations(Path data) {
    try (var folder = DataFolder.open(data, new SecureRandom());
        var items = SqliteMetadataStore.open(folder)) {
      var clock = InstantSource.system();
      var addresses = new ObjectAddress(folder.secret(Secret.OBJECT_ADDRESSES), clock);
      var blobs = new FileBlobStore(folder, UUID::randomUUID, addresses);
      return Safe.violations(all(items), copy(blobs));
    }
  }

  private static List<Item> all(MetadataStore store) {
    var items = new ArrayList<Item>();
    Optional<Key> after = Optional.empty();
    do {
      var page = store.scan(after, Scan.MAX_LIMIT);
      items.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return items;
  }

  private static InMemoryBlobStore copy(BlobStore store) {
    var copy = new InMemoryBlobStore();
    Optional<ObjectKey> after = Optional.empty();
    do {
      var page = store.scan(after, Scan.MAX_LIMIT);
      for (var object : page.objects()) {
        copy.put(object.key(), store.read(object.key(), MAX_OBJECT_BYTES).orElseThrow());
      }
      after = page.next();
    } while (after.isPresent());
    return copy;
  }
}
