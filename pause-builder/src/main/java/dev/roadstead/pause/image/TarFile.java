package dev.roadstead.pause.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * A tar archive of the one file {@code pause} (POSIX.1-2017, {@code pax}, "ustar Interchange
 * Format"): mode 0755, owned by 0:0, changed at the start of 1970.
 */
final class TarFile {
  /** Two blocks of zeros end an archive. */
  static final int END_BYTES = 2 * 512;

  private static final int BLOCK_BYTES = 512;
  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_BYTES = 8;

  private TarFile() {}

  static byte[] of(byte[] pause) {
    int paddedBytes = (pause.length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    var archive = ByteBuffer.allocate(BLOCK_BYTES + paddedBytes + END_BYTES);
    archive.put(header(pause.length)).put(pause);
    return archive.array();
  }

  private static byte[] header(int sizeBytes) {
    var header = ByteBuffer.allocate(BLOCK_BYTES);
    text(header, 0, "pause");
    text(header, 100, octal(7, 0755));
    text(header, 108, octal(7, 0)); // user
    text(header, 116, octal(7, 0)); // group
    text(header, 124, octal(11, sizeBytes));
    text(header, 136, octal(11, 0)); // time of change
    text(header, CHECKSUM_OFFSET, " ".repeat(CHECKSUM_BYTES));
    text(header, 156, "0"); // a regular file
    text(header, 257, "ustar\0" + "00");
    text(header, 329, octal(7, 0)); // device, major and minor
    text(header, 337, octal(7, 0));

    int sum = 0; // counted with blanks where it will stand itself
    for (var value : header.array()) {
      sum += Byte.toUnsignedInt(value);
    }
    text(header, CHECKSUM_OFFSET, octal(6, sum) + "\0 ");
    return header.array();
  }

  private static void text(ByteBuffer header, int offset, String text) {
    header.put(offset, text.getBytes(US_ASCII));
  }

  private static String octal(int digits, int value) {
    return String.format(Locale.ROOT, "%0" + digits + "o", value);
  }
}
