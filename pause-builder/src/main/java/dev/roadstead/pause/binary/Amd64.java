package dev.roadstead.pause.binary;

/** Encodings from the Intel 64 manual, volume 2. Cursor: rbx, text: rcx, result: rax. */
final class Amd64 extends InstructionSet {
  private static final int ALWAYS = 0xeb;
  private static final int IF_EQUAL = 0x74;
  private static final int IF_GREATER = 0x7f;

  /** The registers of system call arguments: rdi, rsi, rdx, r10. */
  private static final int[] ARGUMENTS = {7, 6, 2, 10};

  Amd64(Code code) {
    super(code, new SystemCallNumbers(1, 14, 128, 61, 39, 231));
  }

  @Override
  void argument(int index, int value) {
    int register = ARGUMENTS[index];
    if (value < 0) {
      code.int8(register < 8 ? 0x48 : 0x49, 0xc7, 0xc0 | (register & 7)); // mov r64, imm32
    } else {
      code.int8(register < 8 ? 0x40 : 0x41, 0xb8 | (register & 7)); // mov r32, imm32
    }
    code.int32(value);
  }

  @Override
  void argument(int index, Label label) {
    argument(index, Code.unsigned(code.addressOf(label), 31));
  }

  @Override
  void systemCall(int number) {
    code.int8(0xb8); // mov eax, imm32
    code.int32(number);
    code.int8(0x0f, 0x05); // syscall
  }

  @Override
  void startArguments() {
    code.int8(0x48, 0x8d, 0x5c, 0x24, 0x08); // lea rbx, [rsp + 8]
  }

  @Override
  void nextArgument() {
    code.int8(0x48, 0x83, 0xc3, 0x08); // add rbx, 8
    code.int8(0x48, 0x8b, 0x0b); // mov rcx, [rbx]
  }

  @Override
  void ifNoArgument(Label target) {
    code.int8(0x48, 0x85, 0xc9); // test rcx, rcx
    jump(IF_EQUAL, target);
  }

  @Override
  void ifTextByte(int offset, int value, Label target) {
    code.int8(0x80, 0x79, offset, Code.unsigned(value, 7)); // cmp byte [rcx + offset], imm8
    jump(IF_EQUAL, target);
  }

  @Override
  void ifResult(int value, Label target) {
    code.int8(0x48, 0x83, 0xf8, Code.signed(value, 8)); // cmp rax, imm8
    jump(IF_EQUAL, target);
  }

  @Override
  void ifResultPositive(Label target) {
    code.int8(0x48, 0x85, 0xc0); // test rax, rax
    jump(IF_GREATER, target);
  }

  @Override
  void jump(Label target) {
    jump(ALWAYS, target);
  }

  /**
   * The program is small enough for the short form: one byte, counted from the next instruction.
   */
  private void jump(int condition, Label target) {
    code.int8(condition, Code.signed(code.distanceTo(target, 2), 8));
  }
}
