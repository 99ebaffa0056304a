package dev.roadstead.pause.binary;

/**
 * Encodings from the LoongArch Reference Manual, volume 1, appendix B. Cursor: t0 (r12), text: t1
 * (r13), scratch: t2 and t3, system call number: a7 (r11), result: a0 (r4).
 */
final class Loong64 extends InstructionSet {
  private static final int ZERO = 0;
  private static final int SP = 3;
  private static final int A0 = 4;
  private static final int A7 = 11;
  private static final int T0 = 12;
  private static final int T1 = 13;
  private static final int T2 = 14;
  private static final int T3 = 15;
  private static final long BEQ = 0x58000000L;
  private static final long BLT = 0x60000000L;

  Loong64(Code code) {
    super(code, SystemCallNumbers.GENERIC);
  }

  @Override
  void argument(int index, int value) {
    addImmediate(A0 + index, ZERO, value);
  }

  @Override
  void argument(int index, Label label) {
    int address = Code.unsigned(code.addressOf(label), 31);
    int register = A0 + index;
    code.int32(0x14000000L | (address >> 12) << 5 | register); // lu12i.w
    code.int32(0x03800000L | (address & 0xfff) << 10 | register << 5 | register); // ori
  }

  @Override
  void systemCall(int number) {
    addImmediate(A7, ZERO, number);
    code.int32(0x002b0000L); // syscall 0
  }

  @Override
  void startArguments() {
    addImmediate(T0, SP, 8);
  }

  @Override
  void nextArgument() {
    addImmediate(T0, T0, 8);
    code.int32(0x28c00000L | T0 << 5 | T1); // ld.d t1, t0, 0
  }

  @Override
  void ifNoArgument(Label target) {
    branch(BEQ, T1, ZERO, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int32(0x2a000000L | Code.signed(offset, 12) << 10 | T1 << 5 | T2); // ld.bu t2, t1, offset
    addImmediate(T3, ZERO, value);
    branch(BEQ, T2, T3, target);
  }

  @Override
  void ifResult(int value, Label target) {
    addImmediate(T3, ZERO, value);
    branch(BEQ, A0, T3, target);
  }

  @Override
  void ifResultPositive(Label target) {
    branch(BLT, ZERO, A0, target);
  }

  /** The low sixteen bits of the distance stand above the high ten. */
  @Override
  void jump(Label target) {
    int words = Code.signed(code.distanceTo(target, 0) / 4, 26);
    code.int32(0x50000000L | (words & 0xffff) << 10 | words >> 16); // b
  }

  private void branch(long condition, int left, int right, Label target) {
    int words = Code.signed(code.distanceTo(target, 0) / 4, 16);
    code.int32(condition | (long) words << 10 | left << 5 | right);
  }

  private void addImmediate(int to, int from, int value) {
    code.int32(0x02c00000L | Code.signed(value, 12) << 10 | from << 5 | to); // addi.d
  }
}
