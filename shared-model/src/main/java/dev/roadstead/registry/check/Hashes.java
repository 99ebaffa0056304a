package dev.roadstead.registry.check;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.hash.ResumableHash;
import dev.roadstead.model.Digest;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Digests of objects, each read once: a key is written once, so what was read stays true. */
final class Hashes {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final BlobStore blobs;
  private final Progress progress;
  private final Map<String, Optional<Digest>> read = new HashMap<>();
  private long bytes;
  private long expectedBytes;

  Hashes(BlobStore blobs, Progress progress) {
    this.blobs = blobs;
    this.progress = progress;
  }

  /** So many bytes are going to be read. */
  void expect(long more) {
    expectedBytes += more;
  }

  /** How many bytes were read. */
  long bytes() {
    return bytes;
  }

  /** Whether the object was read already and is something else. */
  boolean isKnownToBeOther(String key, Digest digest) {
    var known = read.get(key + " " + digest.algorithm());
    return known != null && !known.equals(Optional.of(digest));
  }

  /** The digest of an object; empty when it is not there. */
  Optional<Digest> of(String key, HashAlgorithm algorithm) {
    return read.computeIfAbsent(key + " " + algorithm, each -> hash(key, algorithm));
  }

  /** The hash of some objects one after the other, in hex; empty when one is not there. */
  Optional<String> ofAll(List<String> keys, HashAlgorithm algorithm) {
    var hash = ResumableHash.start(algorithm);
    return keys.stream().allMatch(key -> take(key, hash))
        ? Optional.of(hash.hex())
        : Optional.empty();
  }

  private Optional<Digest> hash(String key, HashAlgorithm algorithm) {
    return ofAll(List.of(key), algorithm).map(hex -> new Digest(algorithm, hex));
  }

  private boolean take(String key, ResumableHash hash) {
    var found = blobs.stream(new ObjectKey(key));
    if (found.isEmpty()) {
      return false;
    }
    var buffer = new byte[BUFFER_BYTES];
    try (var in = found.get()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(ByteBuffer.wrap(buffer, 0, n));
        bytes += n;
        progress.at("bytes", bytes, Math.max(bytes, expectedBytes));
      }
    } catch (IOException broken) {
      throw new StoreException("cannot read " + key + ": " + broken.getMessage(), broken);
    }
    return true;
  }
}
