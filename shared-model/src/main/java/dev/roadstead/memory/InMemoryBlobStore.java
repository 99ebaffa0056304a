package dev.roadstead.memory;

import dev.roadstead.model.Digest;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Staging;
import dev.roadstead.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Objects and multipart uploads in maps; holds to S3's rules about parts. */
public final class InMemoryBlobStore implements BlobStore {
  private final NavigableMap<String, StoredObject> objects = new TreeMap<>();
  private final NavigableMap<String, NavigableMap<Integer, byte[]>> multiparts = new TreeMap<>();
  private int multipartsBegun;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record StoredObject(byte[] bytes, Optional<Digest> sha256) {}

  @Override
  public Staging stage() {
    return new InMemoryStaging();
  }

  @Override
  public synchronized void put(ObjectKey key, byte[] bytes) {
    objects.put(key.text(), new StoredObject(bytes.clone(), Optional.empty()));
  }

  @Override
  public synchronized Optional<ObjectInfo> head(ObjectKey key) {
    return Optional.ofNullable(objects.get(key.text()))
        .map(object -> new ObjectInfo(object.bytes().length, object.sha256()));
  }

  @Override
  public synchronized Optional<byte[]> read(ObjectKey key, int maxBytes) {
    var object = Optional.ofNullable(objects.get(key.text())).map(o -> o.bytes().clone());
    if (object.isPresent() && object.get().length > maxBytes) {
      throw new StoreException(key + " is longer than " + maxBytes + " bytes");
    }
    return object;
  }

  @Override
  public synchronized void delete(ObjectKey key) {
    objects.remove(key.text());
  }

  @Override
  public synchronized List<ObjectKey> list(ObjectKey parent, int limit) {
    Limits.checkListed(limit);
    var prefix = parent.text() + "/";
    return objects.tailMap(prefix, false).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .filter(key -> key.indexOf('/', prefix.length()) < 0)
        .limit(limit)
        .map(ObjectKey::new)
        .toList();
  }

  @Override
  public Optional<InputStream> stream(ObjectKey key) {
    return read(key, Integer.MAX_VALUE).map(ByteArrayInputStream::new);
  }

  @Override
  public synchronized Scan.Objects scan(Optional<ObjectKey> after, int limit) {
    return page("", after, limit);
  }

  @Override
  public synchronized Scan.Objects scanBelow(
      ObjectKey parent, Optional<ObjectKey> after, int limit) {
    return page(parent + "/", after, limit);
  }

  private Scan.Objects page(String prefix, Optional<ObjectKey> after, int limit) {
    Scan.checkLimit(limit);
    var found = new ArrayList<Scan.Entry>();
    for (var entry : objects.tailMap(after.map(ObjectKey::text).orElse(prefix), false).entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        break;
      }
      if (found.size() == limit) {
        return new Scan.Objects(found, Optional.of(found.getLast().key()));
      }
      found.add(new Scan.Entry(new ObjectKey(entry.getKey()), entry.getValue().bytes().length));
    }
    return new Scan.Objects(found, Optional.empty());
  }

  @Override
  public synchronized MultipartId createMultipart(ObjectKey key) {
    var upload = new MultipartId(key, "m" + multipartsBegun++);
    multiparts.put(upload.id(), new TreeMap<>());
    return upload;
  }

  private synchronized void putPart(MultipartId upload, int partNumber, byte[] bytes) {
    Limits.checkPartNumbers(List.of(partNumber));
    var parts = multiparts.get(upload.id());
    if (parts == null) {
      throw new StoreException("no such multipart upload: " + upload.id());
    }
    parts.put(partNumber, bytes);
  }

  @Override
  public synchronized void putPart(MultipartId upload, int partNumber, ObjectKey source) {
    var object = objects.get(source.text());
    if (object == null) {
      throw new StoreException("no such object: " + source);
    }
    putPart(upload, partNumber, object.bytes());
  }

  @Override
  public synchronized boolean completeMultipart(MultipartId upload, List<Integer> partNumbers) {
    Limits.checkPartNumbers(partNumbers);
    var parts = multiparts.get(upload.id());
    if (parts == null) {
      return false;
    }
    var whole = new ArrayList<byte[]>();
    int last = Collections.max(partNumbers);
    for (int number : new TreeSet<>(partNumbers)) {
      var part = parts.get(number);
      if (part == null || (part.length < MIN_PART_BYTES && number < last)) {
        throw new StoreException("missing or too small: part " + number);
      }
      whole.add(part);
    }
    multiparts.remove(upload.id());
    put(upload.key(), join(whole), Optional.empty());
    return true;
  }

  @Override
  public synchronized void abortMultipart(MultipartId upload) {
    multiparts.remove(upload.id());
  }

  @Override
  public URI readAddress(ObjectKey key, Duration life) {
    return URI.create("memory:/" + key);
  }

  /** Every key there is, for tests that judge a whole registry. */
  public synchronized Set<String> keys() {
    return Set.copyOf(objects.keySet());
  }

  /** The parts of every multipart upload under way, by its id, for the same tests. */
  public synchronized Map<String, SortedMap<Integer, byte[]>> multiparts() {
    var copy = new TreeMap<String, SortedMap<Integer, byte[]>>();
    multiparts.forEach((id, parts) -> copy.put(id, new TreeMap<>(parts)));
    return copy;
  }

  private synchronized void put(ObjectKey key, byte[] bytes, Optional<Digest> sha256) {
    objects.put(key.text(), new StoredObject(bytes, sha256));
  }

  private static byte[] join(List<byte[]> pieces) {
    var whole = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(whole::put);
    return whole.array();
  }

  private final class InMemoryStaging implements Staging {
    private final List<byte[]> taken = new ArrayList<>();

    @Override
    public void write(ByteBuffer bytes) {
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      taken.add(copy);
    }

    @Override
    public long sizeBytes() {
      return taken.stream().mapToLong(piece -> piece.length).sum();
    }

    @Override
    public void storeAs(ObjectKey key) {
      put(key, join(taken), Optional.empty());
    }

    @Override
    public void storeAs(ObjectKey key, Digest sha256) {
      put(key, join(taken), Optional.of(sha256));
    }

    @Override
    public void storeAsPart(MultipartId upload, int partNumber) {
      putPart(upload, partNumber, join(taken));
    }

    @Override
    public void close() {
      taken.clear();
    }
  }
}
