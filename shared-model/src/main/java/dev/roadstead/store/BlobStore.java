package dev.roadstead.store;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where bytes are kept: an object store with multipart uploads, shaped like S3. An object is
 * visible whole or not at all, and survives power loss once the call that stored it has returned.
 *
 * <p>Every method throws {@link StoreException} when the store cannot answer.
 */
public interface BlobStore {
  /** The smallest part of a multipart upload but the last, in bytes (S3's limit). */
  long MIN_PART_BYTES = 5L * 1024 * 1024;

  /** The highest part number (S3's limit). */
  int MAX_PART_NUMBER = 10_000;

  /** Begins to take in bytes whose name and number are not known yet; flat in memory. */
  Staging stage();

  /** Stores bytes that are at hand, at most a function's body. */
  void put(ObjectKey key, byte[] bytes);

  /** What is known of an object without reading it. */
  Optional<ObjectInfo> head(ObjectKey key);

  /**
   * Reads a whole small object.
   *
   * @param maxBytes more than the object can have; a larger one is a {@link StoreException}
   */
  Optional<byte[]> read(ObjectKey key, int maxBytes);

  /** Opens an object for reading from its first byte on; the caller closes the stream. */
  Optional<InputStream> stream(ObjectKey key);

  /** Removes an object; no error when there is none. */
  void delete(ObjectKey key);

  /** Keys directly below this one, in order, 1 to 1,000 of them. */
  List<ObjectKey> list(ObjectKey parent, int limit);

  /**
   * A page of all objects, in an order of the store's own; for work that looks at a whole registry.
   * An object that is there from the first page to the last is seen exactly once.
   *
   * @param after where the last page ended, be the object there still or not; empty for the first
   * @param limit 1 to {@value Scan#MAX_LIMIT}
   */
  Scan.Objects scan(Optional<ObjectKey> after, int limit);

  /**
   * The same of the objects below a key, at any depth. Nothing else is listed, so that a right to
   * list those is enough.
   *
   * @param after below that key too
   */
  Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit);

  /** Begins a multipart upload. */
  MultipartId createMultipart(ObjectKey key);

  /** Makes an object that is already stored a part, without moving its bytes through here. */
  void putPart(MultipartId upload, int partNumber, ObjectKey source);

  /**
   * Makes the parts one object, in order of their numbers; parts not named are dropped.
   *
   * @param partNumbers one at least, each once, in any order; a missing part, or a small one that
   *     is not the last, is a {@link StoreException}, and the upload stays
   * @return false when there is no such upload any more, completed or aborted earlier
   */
  boolean completeMultipart(MultipartId upload, List<Integer> partNumbers);

  /** Drops a multipart upload and its parts; no error when there is none. */
  void abortMultipart(MultipartId upload);

  /**
   * Where a client may read the object's bytes, for a while, without asking the registry again.
   *
   * @param life at most 15 minutes
   */
  URI readAddress(ObjectKey key, Duration life);
}
