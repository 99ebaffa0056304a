package dev.roadstead.registry;

import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.store.ObjectKey;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** All bytes that a registry holds, whatever holds them. For the judge. */
public interface StoredBytes {
  /** The keys of all objects. */
  Set<String> keys();

  /** The bytes of an object; none when there is no such object. */
  byte[] read(String key);

  /** The parts of every multipart upload under way, by its id. */
  Map<String, SortedMap<Integer, byte[]>> multiparts();

  /** Those of a registry in memory. */
  static StoredBytes of(InMemoryBlobStore objects) {
    return new StoredBytes() {
      @Override
      public Set<String> keys() {
        return objects.keys();
      }

      @Override
      public byte[] read(String key) {
        return objects.read(new ObjectKey(key), Integer.MAX_VALUE).orElse(new byte[0]);
      }

      @Override
      public Map<String, SortedMap<Integer, byte[]>> multiparts() {
        return objects.multiparts();
      }
    };
  }
}
