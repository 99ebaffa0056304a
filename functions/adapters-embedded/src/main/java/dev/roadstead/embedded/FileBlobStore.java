package dev.roadstead.embedded;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Ids;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Staging;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Objects as files of a data folder. Bytes are written under {@code tmp/}, synced, and renamed to
 * where they are looked for, then the folders are synced: what was answered survives power loss,
 * and a crash half-way leaves nothing but files in {@code tmp/}, which the next start removes.
 */
public final class FileBlobStore implements BlobStore {
  private final Path tmp;
  private final Ids ids;
  private final ObjectAddress addresses;
  private final ObjectFiles objects;
  private final MultipartFiles multiparts;

  private interface FileWork<T> {
    T run() throws IOException;
  }

  private interface FileAction {
    void run() throws IOException;
  }

  /** The objects of this folder, readable by clients at these addresses. */
  public FileBlobStore(DataFolder folder, Ids ids, ObjectAddress addresses) {
    this.tmp = folder.tmp();
    this.ids = ids;
    this.addresses = addresses;
    this.objects = new ObjectFiles(folder.objects(), this::freshPath);
    this.multiparts = new MultipartFiles(folder.multipart(), this::freshPath, objects);
  }

  private Path freshPath() {
    return tmp.resolve(ids.next().toString());
  }

  @Override
  public Staging stage() {
    return answer("write bytes", () -> new FileStaging(objects, multiparts, freshPath()));
  }

  @Override
  public void put(ObjectKey key, byte[] bytes) {
    try (var staging = stage()) {
      staging.write(ByteBuffer.wrap(bytes));
      staging.storeAs(key);
    }
  }

  @Override
  public Optional<ObjectInfo> head(ObjectKey key) {
    return answer("look at an object", () -> objects.head(key));
  }

  /** Opens an object for reading, whole or in ranges; the caller closes it. */
  public Optional<StoredObject> open(ObjectKey key) {
    return answer("open an object", () -> objects.open(key));
  }

  @Override
  public Optional<byte[]> read(ObjectKey key, int maxBytes) {
    return answer(
        "read an object",
        () -> {
          var found = objects.open(key);
          if (found.isEmpty()) {
            return Optional.empty();
          }
          try (var object = found.get()) {
            if (object.sizeBytes() > maxBytes) {
              throw new StoreException(key + " is longer than " + maxBytes + " bytes");
            }
            return Optional.of(readWhole(object));
          }
        });
  }

  private static byte[] readWhole(StoredObject object) throws IOException {
    var bytes = ByteBuffer.allocate((int) object.sizeBytes());
    while (bytes.hasRemaining() && object.read(bytes, bytes.position()) >= 0) {
      // read() goes on where the last one stopped
    }
    return bytes.array();
  }

  @Override
  public void delete(ObjectKey key) {
    act("delete an object", () -> objects.delete(key));
  }

  @Override
  public List<ObjectKey> list(ObjectKey parent, int limit) {
    Limits.checkListed(limit);
    return answer("list objects", () -> objects.list(parent, limit));
  }

  @Override
  public Optional<InputStream> stream(ObjectKey key) {
    return open(key).map(ObjectStream::new);
  }

  @Override
  public Scan.Objects scan(Optional<ObjectKey> after, int limit) {
    Scan.checkLimit(limit);
    return answer("list all objects", () -> objects.scan(after, limit));
  }

  @Override
  public Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit) {
    Scan.checkLimit(limit);
    return answer("list objects", () -> objects.scanBelow(parent, after, limit));
  }

  @Override
  public MultipartId createMultipart(ObjectKey key) {
    return answer("begin a multipart upload", () -> multiparts.create(key, ids.next()));
  }

  @Override
  public void putPart(MultipartId upload, int partNumber, ObjectKey source) {
    act(
        "make an object a part",
        () -> {
          var file = freshPath();
          try {
            if (objects.link(source, file)) {
              multiparts.place(file, upload, partNumber);
            } else {
              copyAsPart(upload, partNumber, source);
            }
          } finally {
            // a rename over another name of the same file leaves both (POSIX)
            Files.deleteIfExists(file);
          }
        });
  }

  private void copyAsPart(MultipartId upload, int partNumber, ObjectKey source) throws IOException {
    var found = objects.open(source);
    if (found.isEmpty()) {
      throw new StoreException("no such object: " + source);
    }
    try (var object = found.get();
        var staging = new FileStaging(objects, multiparts, freshPath())) {
      staging.copyOf(object);
      staging.storeAsPart(upload, partNumber);
    }
  }

  @Override
  public boolean completeMultipart(MultipartId upload, List<Integer> partNumbers) {
    return answer("complete a multipart upload", () -> multiparts.complete(upload, partNumbers));
  }

  @Override
  public void abortMultipart(MultipartId upload) {
    act("abort a multipart upload", () -> multiparts.abort(upload));
  }

  @Override
  public URI readAddress(ObjectKey key, Duration life) {
    return addresses.sign(key, life);
  }

  private static <T> T answer(String action, FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException failed) {
      throw FileFailures.storeException(action, failed);
    } catch (UncheckedIOException failed) {
      throw FileFailures.storeException(action, new IOException("listing a folder", failed));
    }
  }

  private static void act(String action, FileAction work) {
    answer(
        action,
        () -> {
          work.run();
          return true;
        });
  }
}
