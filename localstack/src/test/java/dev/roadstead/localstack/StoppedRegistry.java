package dev.roadstead.localstack;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Safe;
import dev.roadstead.registry.StoredBytes;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.store.Ids;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The stores in a data folder whose registry is not running. */
public record StoppedRegistry(DataFolder folder, SqliteMetadataStore metadata, FileBlobStore blobs)
    implements AutoCloseable {
  private static final int MAX_OBJECT_BYTES = 64 * 1024 * 1024;

  /** Opens them; nobody else can until they are closed. */
  public static StoppedRegistry open(Path data) {
    var folder = DataFolder.open(data, new SecureRandom());
    Ids ids = UUID::randomUUID;
    var secret = folder.secret(DataFolder.Secret.OBJECT_ADDRESSES);
    var addresses = new ObjectAddress(secret, InstantSource.system());
    return new StoppedRegistry(
        folder, SqliteMetadataStore.open(folder), new FileBlobStore(folder, ids, addresses));
  }

  /** Runs the collector once, at another time. */
  public void collect(InstantSource clock) {
    var environment =
        new Environment(metadata, blobs, clock, UUID::randomUUID, RegistrySettings.DEFAULTS);
    new Collector(environment).run();
  }

  /** Every invariant that does not hold, in words; of a registry that is small, and stopped. */
  public static List<String> violations(Path data) {
    try (var stores = open(data)) {
      var items = stores.items();
      var bytes = stores.bytes();
      var violations = new ArrayList<>(Safe.violations(items, bytes));
      Safe.unnamedDirectPuts(items, bytes)
          .forEach(key -> violations.add("nothing names the direct PUT " + key));
      return violations;
    }
  }

  private List<Item> items() {
    var items = new ArrayList<Item>();
    Optional<Key> after = Optional.empty();
    do {
      var page = metadata.scan(after, Scan.MAX_LIMIT);
      items.addAll(page.items());
      after = page.next();
    } while (after.isPresent());
    return items;
  }

  /** All bytes there are, read once. */
  private record Bytes(
      Map<String, byte[]> objects, Map<String, SortedMap<Integer, byte[]>> multiparts)
      implements StoredBytes {
    @Override
    public Set<String> keys() {
      return objects.keySet();
    }

    @Override
    public byte[] read(String key) {
      return objects.getOrDefault(key, new byte[0]);
    }
  }

  private Bytes bytes() {
    var objects = new TreeMap<String, byte[]>();
    Optional<ObjectKey> after = Optional.empty();
    do {
      var page = blobs.scan(after, Scan.MAX_LIMIT);
      for (var entry : page.objects()) {
        var bytes = blobs.read(entry.key(), MAX_OBJECT_BYTES);
        objects.put(entry.key().text(), bytes.orElseThrow());
      }
      after = page.next();
    } while (after.isPresent());
    return new Bytes(objects, multiparts());
  }

  private Map<String, SortedMap<Integer, byte[]>> multiparts() {
    var multiparts = new TreeMap<String, SortedMap<Integer, byte[]>>();
    var root = folder.root().resolve("multipart");
    try (var files = Files.walk(root, 2)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var part = root.relativize(file); // upload/part-00001
        var id = part.getName(0).toString();
        int number = Integer.parseInt(part.getName(1).toString().replace("part-", ""));
        multiparts
            .computeIfAbsent(id, first -> new TreeMap<>())
            .put(number, Files.readAllBytes(file));
      }
      return multiparts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    metadata.close();
    folder.close();
  }
}
