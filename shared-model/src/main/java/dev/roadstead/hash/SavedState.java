package dev.roadstead.hash;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An unfinished computation, in the words of FIPS 180-4 only, so that either engine can go on with
 * it. Its bytes are: version, algorithm, count (8), the state words, the bytes of the unfinished
 * block; all numbers big-endian.
 *
 * @param countBytes bytes given so far, at most {@link #MAX_COUNT_BYTES}
 * @param words the eight state words after the last whole block
 * @param pending the bytes after the last whole block, fewer than a block
 */
record SavedState(HashAlgorithm algorithm, long countBytes, ByteBuffer words, ByteBuffer pending) {
  /** The longest message of SHA-256, 2^64 - 1 bits, in whole bytes; taken for SHA-512 too. */
  static final long MAX_COUNT_BYTES = (1L << 61) - 1;

  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 1 + Long.BYTES;

  /** Refuses parts that do not fit each other with {@link IllegalArgumentException}. */
  SavedState {
    if (countBytes < 0 || countBytes > MAX_COUNT_BYTES) {
      throw new IllegalArgumentException("hash state with an impossible count: " + countBytes);
    }
    if (words.remaining() != algorithm.stateBytes()
        || pending.remaining() != countBytes % algorithm.blockBytes()) {
      throw new IllegalArgumentException(
          "hash state of the wrong length for " + algorithm.label() + " after " + countBytes);
    }
    words = words.slice().asReadOnlyBuffer();
    pending = pending.slice().asReadOnlyBuffer();
  }

  /** The state before the first byte (FIPS 180-4, sections 5.3.3 and 5.3.5). */
  static SavedState initial(HashAlgorithm algorithm) {
    ByteBuffer words = ByteBuffer.allocate(algorithm.stateBytes());
    for (int i = 0; i < HashAlgorithm.STATE_WORDS; i++) {
      switch (algorithm) {
        case SHA256 -> words.putInt((int) (Sha2Constants.initial(i) >>> 32));
        case SHA512 -> words.putLong(Sha2Constants.initial(i));
      }
    }
    return new SavedState(algorithm, 0, words.flip(), ByteBuffer.allocate(0));
  }

  /** Reads what {@link #toBytes} wrote; {@link IllegalArgumentException} for anything else. */
  static SavedState parse(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      throw new IllegalArgumentException("hash state too short: " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes.clone());
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("hash state of an unknown version: " + version);
    }
    byte code = in.get();
    HashAlgorithm algorithm =
        Arrays.stream(HashAlgorithm.values())
            .filter(each -> each.code() == code)
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("hash state of an unknown algorithm: " + code));
    long countBytes = in.getLong();
    int wordsLength = Math.min(algorithm.stateBytes(), in.remaining());
    ByteBuffer words = in.slice(in.position(), wordsLength);
    ByteBuffer pending = in.position(in.position() + wordsLength);
    return new SavedState(algorithm, countBytes, words, pending);
  }

  /** The bytes to keep: at most 105 for SHA-256, 201 for SHA-512. */
  byte[] toBytes() {
    return ByteBuffer.allocate(HEADER_BYTES + words.capacity() + pending.capacity())
        .put(VERSION)
        .put(algorithm.code())
        .putLong(countBytes)
        .put(words.duplicate())
        .put(pending.duplicate())
        .array();
  }
}
