package dev.roadstead.pause.binary;

/**
 * Encodings from the z/Architecture Principles of Operation, chapter 7. Cursor: r6, text: r7,
 * scratch: r8, arguments from r2 on, result: r2; the system call number stands in the instruction.
 */
final class S390x extends InstructionSet {
  private static final int ALWAYS = 15;
  private static final int IF_EQUAL = 8;
  private static final int IF_GREATER = 2;
  private static final int FIRST_ARGUMENT = 2;
  private static final int RESULT = 2;
  private static final int TEXT = 7;
  private static final int SCRATCH = 8;

  S390x(Code code) {
    super(code, new SystemCallNumbers(4, 175, 177, 114, 20, 248));
  }

  @Override
  void argument(int index, int value) {
    immediate(0x9, FIRST_ARGUMENT + index, value); // lghi
  }

  @Override
  void argument(int index, Label label) {
    code.int8(0xc0, (FIRST_ARGUMENT + index) << 4 | 0xf); // llilf
    code.int32(code.addressOf(label));
  }

  @Override
  void systemCall(int number) {
    code.int8(0x0a, Code.unsigned(number, 8)); // svc
  }

  @Override
  void startArguments() {
    code.int8(0x41, 0x60, 0xf0, 0x08); // la r6, 8(r15)
  }

  @Override
  void nextArgument() {
    immediate(0xb, 6, 8); // aghi r6, 8
    code.int8(0xe3, 0x70, 0x60, 0x00, 0x00, 0x04); // lg r7, 0(r6)
  }

  @Override
  void ifNoArgument(Label target) {
    compare(TEXT, 0);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int8(0xe3, 0x80, 0x70, Code.unsigned(offset, 8), 0x00, 0x90); // llgc r8, offset(r7)
    compare(SCRATCH, value);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResult(int value, Label target) {
    compare(RESULT, value);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResultPositive(Label target) {
    compare(RESULT, 0);
    branch(IF_GREATER, target);
  }

  @Override
  void jump(Label target) {
    branch(ALWAYS, target);
  }

  private void compare(int register, int value) {
    immediate(0xf, register, value); // cghi
  }

  private void immediate(int operation, int register, int value) {
    code.int8(0xa7, register << 4 | operation);
    code.int16(Code.signed(value, 16));
  }

  /** Distances count in half words from the start of the instruction. */
  private void branch(int condition, Label target) {
    int halfWords = Code.signed(code.distanceTo(target, 0) / 2, 16);
    code.int8(0xa7, condition << 4 | 0x4); // brc
    code.int16(halfWords);
  }
}
