package dev.roadstead.hash;

import java.nio.ByteBuffer;

/** SHA-2 in plain Java (FIPS 180-4): what the two functions share, blocks and padding. */
abstract sealed class PortableEngine implements HashEngine permits PortableSha256, PortableSha512 {
  private final HashAlgorithm algorithm;
  private final int blockBytes;
  private final ByteBuffer pending;
  private long countBytes;

  PortableEngine(SavedState state) {
    algorithm = state.algorithm();
    blockBytes = algorithm.blockBytes();
    pending = ByteBuffer.allocate(blockBytes);
    pending.put(0, state.pending(), 0, state.pending().remaining());
    countBytes = state.countBytes();
  }

  static PortableEngine resume(SavedState state) {
    return switch (state.algorithm()) {
      case SHA256 -> new PortableSha256(state);
      case SHA512 -> new PortableSha512(state);
    };
  }

  /** Mixes the block that starts at {@code offset} into the state words. */
  abstract void compress(ByteBuffer bytes, int offset);

  /** Writes the state words, big-endian. */
  abstract void putWords(ByteBuffer out);

  @Override
  public final void update(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    int pendingBytes = pendingBytes();
    countBytes += length;
    if (pendingBytes > 0) {
      int taken = Math.min(length, blockBytes - pendingBytes);
      pending.put(pendingBytes, bytes, at, taken);
      if (pendingBytes + taken < blockBytes) {
        return;
      }
      compress(pending, 0);
      at += taken;
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    for (; end - at >= blockBytes; at += blockBytes) {
      compress(input, at);
    }
    pending.put(0, bytes, at, end - at);
  }

  @Override
  public final long countBytes() {
    return countBytes;
  }

  @Override
  public final SavedState save() {
    ByteBuffer copy = ByteBuffer.allocate(pendingBytes());
    copy.put(0, pending, 0, copy.capacity());
    return new SavedState(algorithm, countBytes, words(), copy);
  }

  /** Pads a copy as FIPS 180-4 section 5.1 says: a one bit, zeros, the length in bits. */
  @Override
  public final byte[] digest() {
    int lengthBytes = 2 * algorithm.wordBytes();
    int paddingBytes = blockBytes - (pendingBytes() + lengthBytes) % blockBytes;
    ByteBuffer tail = ByteBuffer.allocate(paddingBytes + lengthBytes);
    tail.put(0, (byte) 0x80);
    // The count is below 2^61, so the upper half of SHA-512's 16-byte length is always zero.
    tail.putLong(tail.capacity() - Long.BYTES, countBytes * Byte.SIZE);
    PortableEngine copy = resume(save());
    copy.update(tail.array(), 0, tail.capacity());
    return copy.words().array();
  }

  private int pendingBytes() {
    return (int) (countBytes % blockBytes);
  }

  private ByteBuffer words() {
    ByteBuffer words = ByteBuffer.allocate(algorithm.stateBytes());
    putWords(words.duplicate());
    return words;
  }
}
