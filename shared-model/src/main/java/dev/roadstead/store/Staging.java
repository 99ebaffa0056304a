package dev.roadstead.store;

import dev.roadstead.model.Digest;
import java.nio.ByteBuffer;

/**
 * Bytes on their way into the blob store, before it is known what they become. For one thread.
 * Exactly one of the {@code storeAs} methods ends it well; closing it earlier drops the bytes.
 */
public interface Staging extends AutoCloseable {
  /** Takes the remaining bytes of the buffer. */
  void write(ByteBuffer bytes);

  /** How many bytes were taken. */
  long sizeBytes();

  /** Stores the bytes as an object. */
  void storeAs(ObjectKey key);

  /**
   * Stores the bytes as an object that carries its checksum.
   *
   * @param sha256 what the caller found while writing; kept with the object
   */
  void storeAs(ObjectKey key, Digest sha256);

  /** Stores the bytes as one part, replacing an earlier one of that number. */
  void storeAsPart(MultipartId upload, int partNumber);

  /** Drops the bytes, unless they were stored. */
  @Override
  void close();
}
