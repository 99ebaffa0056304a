package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Servers;
import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.FileBlobStore;
import dev.roadstead.embedded.ObjectAddress;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Safe;
import dev.roadstead.registry.StoredBytes;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** The stores of a registry that is not running. */
public final class StoppedRegistry implements AutoCloseable {
  private static final int MAX_OBJECT_BYTES = 64 * 1024 * 1024;

  private final MetadataStore metadata;
  private final BlobStore blobs;
  private final Supplier<Map<String, SortedMap<Integer, byte[]>>> multiparts;

  /** What to close, the last one first. */
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  private StoppedRegistry(Path data, Backend backend) {
    switch (backend) {
      case Backend.Embedded() -> {
        var folder = folder(data);
        var secret = folder.secret(DataFolder.Secret.OBJECT_ADDRESSES);
        var addresses = new ObjectAddress(secret, InstantSource.system());
        metadata = closing(SqliteMetadataStore.open(folder));
        blobs = new FileBlobStore(folder, UUID::randomUUID, addresses);
        multiparts = () -> multiparts(folder.root().resolve("multipart"));
      }
      case Backend.EmbeddedS3(var settings, var _) -> {
        metadata = closing(SqliteMetadataStore.open(folder(data)));
        blobs = closing(Servers.stores(settings)).blobs();
        multiparts = () -> none(settings);
      }
      case Backend.Aws(var settings, var _) -> {
        var stores = closing(Servers.stores(settings));
        metadata = stores.metadata();
        blobs = stores.blobs();
        multiparts = () -> none(settings);
      }
    }
  }

  /** Opens them; those in a data folder nobody else can use until they are closed. */
  public static StoppedRegistry open(Path data, Backend backend) {
    return new StoppedRegistry(data, backend);
  }

  private DataFolder folder(Path data) {
    return closing(DataFolder.open(data, new SecureRandom()));
  }

  private <T extends AutoCloseable> T closing(T resource) {
    open.push(resource);
    return resource;
  }

  /** Runs the collector once, at another time. */
  public void collect(InstantSource clock) {
    var environment =
        new Environment(metadata, blobs, clock, UUID::randomUUID, RegistrySettings.DEFAULTS);
    new Collector(environment).run();
  }

  /**
   * Every invariant that does not hold, in words; of a registry that is small, and stopped. A crash
   * may have lost the event of a direct PUT, which then is named by nothing.
   */
  public static List<String> damage(Path data) {
    try (var stores = open(data, new Backend.Embedded())) {
      return Safe.violations(stores.items(), stores.bytes());
    }
  }

  /** The same of a registry that was never killed. */
  public static List<String> violations(Path data, Backend backend) {
    try (var stores = open(data, backend)) {
      var items = stores.items();
      var bytes = stores.bytes();
      var violations = new ArrayList<>(Safe.violations(items, bytes));
      Safe.unnamedDirectPuts(items, bytes)
          .forEach(key -> violations.add("nothing names the direct PUT " + key));
      return violations;
    }
  }

  /** The ids of the multipart uploads under way. */
  public Set<String> uploadsUnderWay() {
    return multiparts.get().keySet();
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
    return new Bytes(objects, multiparts.get());
  }

  private static Map<String, SortedMap<Integer, byte[]>> multiparts(Path root) {
    var multiparts = new TreeMap<String, SortedMap<Integer, byte[]>>();
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

  /** S3 gives the bytes of parts to nobody, so a registry can be judged that has none. */
  private static Map<String, SortedMap<Integer, byte[]>> none(AwsSettings settings) {
    assertThat(Servers.uploadsUnderWay(settings)).as("multipart uploads under way").isEmpty();
    return Map.of();
  }

  @Override
  public void close() {
    try {
      while (!open.isEmpty()) {
        open.pop().close();
      }
    } catch (Exception failed) {
      throw new AssertionError("stores do not close", failed);
    }
  }
}
