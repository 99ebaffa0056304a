package dev.roadstead.pause.binary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the files as a kernel does, field by field at the offsets of the System V ABI. */
class ElfFileTest {
  private static final int PT_LOAD = 1;
  private static final int PT_GNU_STACK = 0x6474e551;

  private record Segment(int type, int flags, long address, long fileBytes, long alignment) {}

  @ParameterizedTest
  @EnumSource
  void loadsTheWholeFileOnceToReadAndExecute(Architecture architecture) {
    var file = architecture.pauseBinary("v1");

    assertThat(segments(architecture, file))
        .containsExactly(
            new Segment(PT_LOAD, 5, 0x400000, file.length, 0x10000),
            new Segment(PT_GNU_STACK, 6, 0, 0, 16));
  }

  @ParameterizedTest
  @EnumSource
  void isEnteredAtItsFirstInstruction(Architecture architecture) {
    var file = reader(architecture, architecture.pauseBinary("v1"));

    long entry = architecture.is64Bit() ? file.getLong(24) : file.getInt(24);
    assertThat(entry - 0x400000).isEqualTo(architecture.is64Bit() ? 64 + 2 * 56 : 52 + 2 * 32);
  }

  @ParameterizedTest
  @EnumSource
  void namesItsArchitecture(Architecture architecture) {
    var file = reader(architecture, architecture.pauseBinary("v1"));

    assertThat(file.getInt(0)).isEqualTo(reader(architecture, magic()).getInt(0));
    assertThat(file.get(4)).isEqualTo((byte) (architecture.is64Bit() ? 2 : 1));
    assertThat(file.getShort(16)).isEqualTo((short) 2); // executable
    assertThat(file.getShort(18)).isEqualTo((short) architecture.elfMachine());
    assertThat(file.getInt(architecture.is64Bit() ? 48 : 36)).isEqualTo(architecture.elfFlags());
  }

  @ParameterizedTest
  @EnumSource
  void staysBelowAKilobyte(Architecture architecture) {
    assertThat(architecture.pauseBinary("v3.10.2")).hasSizeLessThan(1024);
  }

  private static List<Segment> segments(Architecture architecture, byte[] bytes) {
    var file = reader(architecture, bytes);
    var segments = new ArrayList<Segment>();
    var wide = architecture.is64Bit();
    int count = file.getShort(wide ? 56 : 44);
    for (int i = 0; i < count; i++) {
      int at = wide ? 64 + i * 56 : 52 + i * 32;
      segments.add(
          wide
              ? new Segment(
                  file.getInt(at),
                  file.getInt(at + 4),
                  file.getLong(at + 16),
                  file.getLong(at + 32),
                  file.getLong(at + 48))
              : new Segment(
                  file.getInt(at),
                  file.getInt(at + 24),
                  file.getInt(at + 8),
                  file.getInt(at + 16),
                  file.getInt(at + 28)));
    }
    return segments;
  }

  private static ByteBuffer reader(Architecture architecture, byte[] file) {
    return ByteBuffer.wrap(file).order(architecture.byteOrder());
  }

  private static byte[] magic() {
    return new byte[] {0x7f, 'E', 'L', 'F'};
  }
}
