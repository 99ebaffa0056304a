package dev.roadstead.pause.binary;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteOrder;

/** The architectures that the program is written for, and what their ELF files say. */
public enum Architecture {
  /** x86, 64 bit. */
  AMD64(64, 62, 0),
  /** Arm, 64 bit. */
  ARM64(64, 183, 0),
  /** Arm, 32 bit, version 7: ABI 5 with hardware floating point in the flags. */
  ARM(32, 40, 0x05000400),
  /** Power, 64 bit, little endian: ABI version 2 in the flags. */
  PPC64LE(64, 21, 2),
  /** IBM Z, 64 bit, the only one that is big endian. */
  S390X(64, 22, 0),
  /** RISC-V, 64 bit: double floats in the flags, as every Linux distribution has it. */
  RISCV64(64, 243, 4),
  /** LoongArch, 64 bit: double floats and object ABI 1 in the flags. */
  LOONG64(64, 258, 0x43);

  private final int wordBits;
  private final int elfMachine;
  private final int elfFlags;

  Architecture(int wordBits, int elfMachine, int elfFlags) {
    this.wordBits = wordBits;
    this.elfMachine = elfMachine;
    this.elfFlags = elfFlags;
  }

  /**
   * The executable, the same bytes on every machine.
   *
   * @param version what {@code -v} prints after the word pause; ASCII
   */
  public byte[] pauseBinary(String version) {
    return ElfFile.write(this, startAddress -> PauseProgram.assemble(this, version, startAddress));
  }

  boolean is64Bit() {
    return wordBits == 64;
  }

  ByteOrder byteOrder() {
    return this == S390X ? BIG_ENDIAN : LITTLE_ENDIAN;
  }

  /** {@code e_machine} of the ELF header. */
  int elfMachine() {
    return elfMachine;
  }

  /** {@code e_flags} of the ELF header. */
  int elfFlags() {
    return elfFlags;
  }

  InstructionSet instructions(Code code) {
    return switch (this) {
      case AMD64 -> new Amd64(code);
      case ARM64 -> new Arm64(code);
      case ARM -> new Arm(code);
      case PPC64LE -> new Ppc64le(code);
      case S390X -> new S390x(code);
      case RISCV64 -> new Riscv64(code);
      case LOONG64 -> new Loong64(code);
    };
  }
}
