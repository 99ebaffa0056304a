package dev.roadstead.store;

import dev.roadstead.model.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The store under test, and the few words its contracts share. */
public interface StoredObjects {
  /** More than any object of these tests has. */
  int MAX_BYTES = 64 * 1024 * 1024;

  /** The size of the smallest part that need not be the last. */
  int PART_BYTES = (int) BlobStore.MIN_PART_BYTES;

  /** The store under test; empty when a test begins. */
  BlobStore store();

  /** A key. */
  static ObjectKey key(String text) {
    return new ObjectKey(text);
  }

  /** Bytes of a text. */
  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A part that need not be the last, all of one letter. */
  static byte[] part(char letter) {
    var bytes = new byte[PART_BYTES];
    Arrays.fill(bytes, (byte) letter);
    return bytes;
  }

  /** Some bytes after one another. */
  static byte[] joined(byte[]... pieces) {
    var whole = ByteBuffer.allocate(Arrays.stream(pieces).mapToInt(piece -> piece.length).sum());
    for (var piece : pieces) {
      whole.put(piece);
    }
    return whole.array();
  }

  /** The object's bytes now. */
  default Optional<byte[]> read(ObjectKey key) {
    return store().read(key, MAX_BYTES);
  }

  /** Stages bytes and makes them an object. */
  default void stage(ObjectKey key, byte[] bytes) {
    try (var staging = store().stage()) {
      staging.write(ByteBuffer.wrap(bytes));
      staging.storeAs(key);
    }
  }

  /** Stages bytes and makes them an object that carries its checksum. */
  default void stageWithChecksum(ObjectKey key, byte[] bytes) {
    try (var staging = store().stage()) {
      staging.write(ByteBuffer.wrap(bytes));
      staging.storeAs(key, Digest.sha256(bytes));
    }
  }

  /** Stages bytes and makes them a part. */
  default void stagePart(MultipartId upload, int number, byte[] bytes) {
    try (var staging = store().stage()) {
      staging.write(ByteBuffer.wrap(bytes));
      staging.storeAsPart(upload, number);
    }
  }

  /** Makes an object of two parts. */
  default void storeInParts(ObjectKey key, byte[] first, byte[] second) {
    var upload = store().createMultipart(key);
    stagePart(upload, 1, first);
    stagePart(upload, 2, second);
    if (!store().completeMultipart(upload, List.of(1, 2))) {
      throw new AssertionError("the upload is there");
    }
  }
}
