package dev.roadstead.pause.binary;

/**
 * Encodings from the RISC-V unprivileged specification, "RV32/64G Instruction Set Listings".
 * Cursor: t1 (x6), text: t2 (x7), scratch: t0 (x5), system call number: a7 (x17), result: a0 (x10).
 */
final class Riscv64 extends InstructionSet {
  private static final int ZERO = 0;
  private static final int SP = 2;
  private static final int T0 = 5;
  private static final int T1 = 6;
  private static final int T2 = 7;
  private static final int T3 = 28;
  private static final int A0 = 10;
  private static final int A7 = 17;
  private static final int BEQ = 0;
  private static final int BLT = 4;

  Riscv64(Code code) {
    super(code, SystemCallNumbers.GENERIC);
  }

  @Override
  void argument(int index, int value) {
    addImmediate(A0 + index, ZERO, value);
  }

  /** The low part is signed, so the high part makes up for it. */
  @Override
  void argument(int index, Label label) {
    int address = Code.unsigned(code.addressOf(label), 31);
    int high = (address + 0x800) >> 12;
    code.int32((long) high << 12 | (A0 + index) << 7 | 0x37); // lui
    addImmediate(A0 + index, A0 + index, address - (high << 12));
  }

  @Override
  void systemCall(int number) {
    addImmediate(A7, ZERO, number);
    code.int32(0x73); // ecall
  }

  @Override
  void startArguments() {
    addImmediate(T1, SP, 8);
  }

  @Override
  void nextArgument() {
    addImmediate(T1, T1, 8);
    code.int32(T1 << 15 | 3 << 12 | T2 << 7 | 0x03); // ld t2, 0(t1)
  }

  @Override
  void ifNoArgument(Label target) {
    branch(BEQ, T2, ZERO, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int32((long) Code.signed(offset, 12) << 20 | T2 << 15 | 4 << 12 | T3 << 7 | 0x03); // lbu
    addImmediate(T0, ZERO, value);
    branch(BEQ, T3, T0, target);
  }

  @Override
  void ifResult(int value, Label target) {
    addImmediate(T0, ZERO, value);
    branch(BEQ, A0, T0, target);
  }

  @Override
  void ifResultPositive(Label target) {
    branch(BLT, ZERO, A0, target);
  }

  /** The bits of the distance are scattered so that its sign is always the highest bit. */
  @Override
  void jump(Label target) {
    int distance = Code.signed(code.distanceTo(target, 0), 21);
    long scattered =
        (long) (distance >> 20) << 31
            | ((distance >> 1) & 0x3ff) << 21
            | ((distance >> 11) & 1) << 20
            | ((distance >> 12) & 0xff) << 12;
    code.int32(scattered | 0x6f); // jal zero
  }

  private void branch(int condition, int left, int right, Label target) {
    int distance = Code.signed(code.distanceTo(target, 0), 13);
    long scattered =
        (long) (distance >> 12) << 31
            | ((distance >> 5) & 0x3f) << 25
            | ((distance >> 1) & 0xf) << 8
            | ((distance >> 11) & 1) << 7;
    code.int32(scattered | right << 20 | left << 15 | condition << 12 | 0x63);
  }

  private void addImmediate(int to, int from, int value) {
    code.int32((long) Code.signed(value, 12) << 20 | from << 15 | to << 7 | 0x13); // addi
  }
}
