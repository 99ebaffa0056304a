package dev.roadstead.pause.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * Machine code being written. Labels may be used before they are placed: the program is written
 * twice, and the second time the addresses that the first pass found are known.
 */
final class Code {
  /** Far more than the program takes; running over it is a defect, and fails. */
  private static final int MAX_SIZE_BYTES = 4096;

  private final long startAddress;
  private final Map<Label, Long> known;
  private final Map<Label, Long> placed = new EnumMap<>(Label.class);
  private final ByteBuffer buffer;

  Code(long startAddress, ByteOrder order, Map<Label, Long> known) {
    this.startAddress = startAddress;
    this.known = known;
    this.buffer = ByteBuffer.allocate(MAX_SIZE_BYTES).order(order);
  }

  /** Where the next byte will be in memory. */
  long here() {
    return startAddress + buffer.position();
  }

  /** Where the label is; in the first pass, for a label further down, some address nearby. */
  long addressOf(Label label) {
    return known.getOrDefault(label, here());
  }

  /** How far a label is from an address counted from here, as relative branches need it. */
  long distanceTo(Label label, int fromHereBytes) {
    return addressOf(label) - here() - fromHereBytes;
  }

  void place(Label label) {
    if (placed.put(label, here()) != null) {
      throw new IllegalStateException(label + " is placed twice");
    }
  }

  Map<Label, Long> placed() {
    return placed;
  }

  void int8(int... values) {
    for (var value : values) {
      buffer.put((byte) value);
    }
  }

  /** Two bytes in the architecture's order, as are the wider ones. */
  void int16(int value) {
    buffer.putShort((short) value);
  }

  void int32(long value) {
    buffer.putInt((int) value);
  }

  void int64(long value) {
    buffer.putLong(value);
  }

  void bytes(byte[] bytes) {
    buffer.put(bytes);
  }

  byte[] toByteArray() {
    var bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  /** The low bits of a signed number, for a field of that width; one that does not fit fails. */
  static int signed(long value, int bits) {
    long limit = 1L << (bits - 1);
    if (value < -limit || value >= limit) {
      throw new IllegalStateException(value + " does not fit into " + bits + " bits");
    }
    return (int) (value & ((1L << bits) - 1));
  }

  /** A number for an unsigned field of that width; one that does not fit fails. */
  static int unsigned(long value, int bits) {
    if (value < 0 || value >= 1L << bits) {
      throw new IllegalStateException(value + " does not fit into " + bits + " bits");
    }
    return (int) value;
  }
}
