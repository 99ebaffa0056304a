package dev.roadstead.pause.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Gzip (RFC 1952) without a compressor, whose output would depend on the zlib underneath: the bytes
 * stand in one stored block, and the zeros that a tar archive ends with in a second block that says
 * "a zero, and 258 more, and 258 more" (RFC 1951, sections 3.2.4 and 3.2.6).
 */
final class GzipFile {
  /** Magic, deflate, no flags, no time, no hint, unknown operating system. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int MAX_STORED_BYTES = 0xffff;

  /** The longest copy there is. */
  private static final int COPY_BYTES = 258;

  private static final int STORED_BLOCK = 0b000;
  private static final int LAST_BLOCK_WITH_FIXED_CODES = 0b011;
  private static final int CODE_OF_ZERO = 0b00110000;
  private static final int CODE_OF_COPY_258 = 0b11000101;
  private static final int CODE_OF_DISTANCE_1 = 0b00000;
  private static final int CODE_OF_END = 0b0000000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int pendingBits;
  private int pendingCount;

  private GzipFile() {}

  /**
   * Compresses an archive.
   *
   * @param archive at most 65,535 bytes besides the zeros it has to end with
   */
  static byte[] of(byte[] archive) {
    int copies = (zerosAtTheEndOf(archive) - 1) / COPY_BYTES;
    int storedBytes = archive.length - 1 - copies * COPY_BYTES;
    if (storedBytes > MAX_STORED_BYTES) {
      throw new IllegalArgumentException("too long for one stored block: " + storedBytes);
    }
    var gzip = new GzipFile();
    gzip.bytes.writeBytes(HEADER);
    gzip.store(archive, storedBytes);
    gzip.repeatZero(copies);
    gzip.trailer(archive);
    return gzip.bytes.toByteArray();
  }

  private static int zerosAtTheEndOf(byte[] archive) {
    int zeros = 0;
    while (zeros < archive.length && archive[archive.length - 1 - zeros] == 0) {
      zeros++;
    }
    if (zeros == 0) {
      throw new IllegalArgumentException("a tar archive ends with zeros");
    }
    return zeros;
  }

  private void store(byte[] archive, int count) {
    bytes.write(STORED_BLOCK);
    little(Short.BYTES, count);
    little(Short.BYTES, ~count);
    bytes.write(archive, 0, count);
  }

  private void repeatZero(int copies) {
    bits(LAST_BLOCK_WITH_FIXED_CODES, 3);
    code(CODE_OF_ZERO, 8);
    for (int i = 0; i < copies; i++) {
      code(CODE_OF_COPY_258, 8);
      code(CODE_OF_DISTANCE_1, 5);
    }
    code(CODE_OF_END, 7);
    bits(0, 7); // fills the last byte
  }

  private void trailer(byte[] archive) {
    var crc = new CRC32();
    crc.update(archive);
    little(Integer.BYTES, crc.getValue());
    little(Integer.BYTES, archive.length);
  }

  private void little(int count, long value) {
    var eight = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    bytes.writeBytes(Arrays.copyOf(eight.array(), count));
  }

  /** Codes are packed beginning with their highest bit, unlike everything else. */
  private void code(int code, int length) {
    bits(Integer.reverse(code) >>> (Integer.SIZE - length), length);
  }

  private void bits(int value, int count) {
    pendingBits |= value << pendingCount;
    pendingCount += count;
    while (pendingCount >= Byte.SIZE) {
      bytes.write(pendingBits);
      pendingBits >>>= Byte.SIZE;
      pendingCount -= Byte.SIZE;
    }
  }
}
