package dev.roadstead.pause.binary;

/**
 * A32 encodings from the Arm Architecture Reference Manual for ARMv7-A, chapter A8. Cursor: r4,
 * text: r5, scratch: r6, system call number: r7, result: r0.
 */
final class Arm extends InstructionSet {
  private static final long ALWAYS = 0xe0000000L;
  private static final long IF_EQUAL = 0;
  private static final long IF_GREATER = 0xc0000000L;

  Arm(Code code) {
    super(code, new SystemCallNumbers(4, 175, 177, 114, 20, 248));
  }

  @Override
  void argument(int index, int value) {
    if (value < 0) {
      code.int32(0xe3e00000L | index << 12 | Code.unsigned(~value, 8)); // mvn r, #~value
    } else {
      moveLow(index, value);
    }
  }

  @Override
  void argument(int index, Label label) {
    int address = Code.unsigned(code.addressOf(label), 31);
    moveLow(index, address & 0xffff);
    code.int32(0xe3400000L | half(address >> 16) | index << 12); // movt r, #high
  }

  @Override
  void systemCall(int number) {
    moveLow(7, number);
    code.int32(0xef000000L); // svc #0
  }

  @Override
  void startArguments() {
    code.int32(0xe28d4004L); // add r4, sp, #4
  }

  @Override
  void nextArgument() {
    code.int32(0xe5b45004L); // ldr r5, [r4, #4]!
  }

  @Override
  void ifNoArgument(Label target) {
    compare(5, 0);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int32(0xe5d56000L | Code.unsigned(offset, 12)); // ldrb r6, [r5, #offset]
    compare(6, value);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResult(int value, Label target) {
    if (value < 0) {
      code.int32(0xe3700000L | Code.unsigned(-value, 8)); // cmn r0, #-value
    } else {
      compare(0, value);
    }
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResultPositive(Label target) {
    compare(0, 0);
    branch(IF_GREATER, target);
  }

  @Override
  void jump(Label target) {
    branch(ALWAYS, target);
  }

  private void moveLow(int register, int value) {
    code.int32(0xe3000000L | half(value) | register << 12); // movw r, #value
  }

  /** Sixteen bits as movw and movt want them: four apart from twelve. */
  private static int half(int value) {
    Code.unsigned(value, 16);
    return (value >> 12) << 16 | (value & 0xfff);
  }

  private void compare(int register, int value) {
    code.int32(0xe3500000L | register << 16 | Code.unsigned(value, 8)); // cmp r, #value
  }

  /** Distances count in words from two instructions further on. */
  private void branch(long condition, Label target) {
    code.int32(condition | 0x0a000000L | Code.signed(code.distanceTo(target, 8) / 4, 24)); // b
  }
}
