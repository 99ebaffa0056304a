package dev.roadstead.pause.binary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/**
 * Writes an executable ELF file (System V ABI, chapters 4 and 5): one segment that can be read and
 * executed and holds the whole file, none that can be written, no sections, a stack that cannot be
 * executed.
 */
final class ElfFile {
  /** A multiple of every page size Linux has, and above the lowest address it lets one map. */
  private static final long LOAD_ADDRESS = 0x400000;

  /** Kernels with pages of 64 KiB refuse a smaller alignment. */
  private static final int PAGE_ALIGNMENT = 0x10000;

  private static final int ELFCLASS32 = 1;
  private static final int ELFCLASS64 = 2;
  private static final int ELFDATA2LSB = 1;
  private static final int ELFDATA2MSB = 2;
  private static final int EV_CURRENT = 1;
  private static final int ET_EXEC = 2;
  private static final int PT_LOAD = 1;
  private static final int PT_GNU_STACK = 0x6474e551;
  private static final int PF_X = 1;
  private static final int PF_W = 2;
  private static final int PF_R = 4;
  private static final int STACK_ALIGNMENT = 16;
  private static final int SEGMENTS = 2;

  private final Architecture architecture;
  private final boolean wide;
  private final int headerBytes;
  private final int segmentHeaderBytes;
  private final ByteBuffer file;

  private ElfFile(Architecture architecture, int codeBytes) {
    this.architecture = architecture;
    this.wide = architecture.is64Bit();
    this.headerBytes = wide ? 64 : 52;
    this.segmentHeaderBytes = wide ? 56 : 32;
    this.file = ByteBuffer.allocate(codeOffset() + codeBytes).order(architecture.byteOrder());
  }

  /**
   * The file.
   *
   * @param program makes the code for the address at which it will be loaded and entered
   */
  static byte[] write(Architecture architecture, LongFunction<byte[]> program) {
    var headers = new ElfFile(architecture, 0);
    var code = program.apply(headers.entryAddress());
    return new ElfFile(architecture, code.length).write(code);
  }

  private byte[] write(byte[] code) {
    header();
    segment(PT_LOAD, PF_R | PF_X, LOAD_ADDRESS, file.capacity(), PAGE_ALIGNMENT);
    segment(PT_GNU_STACK, PF_R | PF_W, 0, 0, STACK_ALIGNMENT);
    return file.put(code).array();
  }

  private void header() {
    file.put((byte) 0x7f).put((byte) 'E').put((byte) 'L').put((byte) 'F');
    file.put((byte) (wide ? ELFCLASS64 : ELFCLASS32));
    var bigEndian = architecture.byteOrder() == ByteOrder.BIG_ENDIAN;
    file.put((byte) (bigEndian ? ELFDATA2MSB : ELFDATA2LSB));
    file.put((byte) EV_CURRENT);
    file.position(16); // the operating system's ABI and padding: zero
    int16(ET_EXEC);
    int16(architecture.elfMachine());
    int32(EV_CURRENT);
    address(entryAddress());
    address(headerBytes); // where the segment headers begin
    address(0); // no section headers
    int32(architecture.elfFlags());
    int16(headerBytes);
    int16(segmentHeaderBytes);
    int16(SEGMENTS);
    int16(0); // size, number and name table of the sections
    int16(0);
    int16(0);
  }

  /** The flags stand in another place where addresses are wide. */
  private void segment(int type, int flags, long address, int sizeBytes, int alignment) {
    int32(type);
    if (wide) {
      int32(flags);
    }
    address(0); // from the start of the file
    address(address); // virtual
    address(address); // physical
    address(sizeBytes); // in the file
    address(sizeBytes); // in memory
    if (!wide) {
      int32(flags);
    }
    address(alignment);
  }

  private int codeOffset() {
    return headerBytes + SEGMENTS * segmentHeaderBytes;
  }

  private long entryAddress() {
    return LOAD_ADDRESS + codeOffset();
  }

  private void int16(int value) {
    file.putShort((short) value);
  }

  private void int32(int value) {
    file.putInt(value);
  }

  private void address(long value) {
    if (wide) {
      file.putLong(value);
    } else {
      file.putInt(Math.toIntExact(value));
    }
  }
}
