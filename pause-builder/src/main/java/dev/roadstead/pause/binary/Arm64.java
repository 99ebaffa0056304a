package dev.roadstead.pause.binary;

/**
 * Encodings from the Arm Architecture Reference Manual for A-profile, chapter C6. Cursor: x9, text:
 * x10, scratch: w11, system call number: x8, result: x0.
 */
final class Arm64 extends InstructionSet {
  private static final int IF_EQUAL = 0;
  private static final int IF_GREATER = 12;

  Arm64(Code code) {
    super(code, SystemCallNumbers.GENERIC);
  }

  @Override
  void argument(int index, int value) {
    if (value < 0) {
      code.int32(0x92800000L | Code.unsigned(~value, 16) << 5 | index); // movn x, #~value
    } else {
      move(index, value);
    }
  }

  @Override
  void argument(int index, Label label) {
    int distance = Code.signed(code.distanceTo(label, 0), 21);
    code.int32(0x10000000L | (distance & 3) << 29 | (distance >> 2) << 5 | index); // adr
  }

  @Override
  void systemCall(int number) {
    move(8, number);
    code.int32(0xd4000001L); // svc #0
  }

  @Override
  void startArguments() {
    code.int32(0x910023e9L); // add x9, sp, #8
  }

  @Override
  void nextArgument() {
    code.int32(0xf8408d2aL); // ldr x10, [x9, #8]!
  }

  @Override
  void ifNoArgument(Label target) {
    code.int32(0xb400000aL | distanceInWords(target, 19) << 5); // cbz x10
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int32(0x3940014bL | Code.unsigned(offset, 12) << 10); // ldrb w11, [x10, #offset]
    code.int32(0x7100017fL | Code.unsigned(value, 12) << 10); // cmp w11, #value
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResult(int value, Label target) {
    if (value < 0) {
      code.int32(0xb100001fL | Code.unsigned(-value, 12) << 10); // cmn x0, #-value
    } else {
      compareResult(value);
    }
    branch(IF_EQUAL, target);
  }

  @Override
  void ifResultPositive(Label target) {
    compareResult(0);
    branch(IF_GREATER, target);
  }

  @Override
  void jump(Label target) {
    code.int32(0x14000000L | distanceInWords(target, 26)); // b
  }

  private void move(int register, int value) {
    code.int32(0xd2800000L | Code.unsigned(value, 16) << 5 | register); // movz x, #value
  }

  private void compareResult(int value) {
    code.int32(0xf100001fL | Code.unsigned(value, 12) << 10); // cmp x0, #value
  }

  private void branch(int condition, Label target) {
    code.int32(0x54000000L | distanceInWords(target, 19) << 5 | condition); // b.cond
  }

  private int distanceInWords(Label target, int bits) {
    return Code.signed(code.distanceTo(target, 0) / 4, bits);
  }
}
