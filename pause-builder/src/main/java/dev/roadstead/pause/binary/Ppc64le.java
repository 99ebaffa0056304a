package dev.roadstead.pause.binary;

/**
 * Encodings from the Power ISA, book I, chapters 2 and 3. Cursor: r14, text: r15, scratch: r16,
 * system call number: r0, arguments from r3 on, result: r3.
 */
final class Ppc64le extends InstructionSet {
  private static final long IF_EQUAL = 0x41820000L;
  private static final long IF_GREATER = 0x41810000L;
  private static final int FIRST_ARGUMENT = 3;
  private static final int RESULT = 3;

  Ppc64le(Code code) {
    super(code, new SystemCallNumbers(4, 174, 176, 114, 20, 234));
  }

  @Override
  void argument(int index, int value) {
    load(FIRST_ARGUMENT + index, value);
  }

  @Override
  void argument(int index, Label label) {
    int address = Code.unsigned(code.addressOf(label), 31);
    int register = FIRST_ARGUMENT + index;
    code.int32(0x3c000000L | register << 21 | address >> 16); // lis r, high
    code.int32(0x60000000L | register << 21 | register << 16 | (address & 0xffff)); // ori r, r, low
  }

  /** The kernel gives errors as a positive errno and the summary overflow bit. */
  @Override
  void systemCall(int number) {
    load(0, number);
    code.int32(0x44000002L); // sc
    code.int32(0x40830008L); // bns +8
    code.int32(0x7c6300d0L); // neg r3, r3
  }

  @Override
  void startArguments() {
    code.int32(0x39c10008L); // addi r14, r1, 8
  }

  @Override
  void nextArgument() {
    code.int32(0xe9ee0009L); // ldu r15, 8(r14)
  }

  @Override
  void ifNoArgument(Label target) {
    compare(15, 0);
    branch(IF_EQUAL, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int32(0x8a0f0000L | Code.unsigned(offset, 15)); // lbz r16, offset(r15)
    compare(16, value);
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
    code.int32(0x48000000L | Code.signed(code.distanceTo(target, 0), 26)); // b
  }

  private void load(int register, int value) {
    code.int32(0x38000000L | register << 21 | Code.signed(value, 16)); // li r, value
  }

  private void compare(int register, int value) {
    code.int32(0x2c200000L | register << 16 | Code.signed(value, 16)); // cmpdi r, value
  }

  private void branch(long condition, Label target) {
    code.int32(condition | Code.signed(code.distanceTo(target, 0), 16)); // bc
  }
}
