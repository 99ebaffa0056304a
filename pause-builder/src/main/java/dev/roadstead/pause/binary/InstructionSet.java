package dev.roadstead.pause.binary;

/**
 * The few instructions the program is made of, each encoded for one architecture. An encoding's
 * length does not depend on where a label is, so that addresses stay where a first pass found them.
 *
 * <p>Apart from the registers of system calls there are two: the cursor, which points into the
 * argument vector, and the text, the argument it points at. System calls may lose both.
 */
abstract class InstructionSet {
  protected final Code code;
  private final SystemCallNumbers systemCalls;

  InstructionSet(Code code, SystemCallNumbers systemCalls) {
    this.code = code;
    this.systemCalls = systemCalls;
  }

  /** Makes a system call; afterwards the result is what it gave, or a negative errno. */
  final void call(SystemCall call) {
    systemCall(systemCalls.of(call));
  }

  /** Sets argument 0 to 3 of the next system call to a number from -255 to 32,767. */
  abstract void argument(int index, int value);

  /** Sets argument 0 to 3 of the next system call to the address of a label. */
  abstract void argument(int index, Label label);

  /** Makes the system call of this number. */
  abstract void systemCall(int number);

  /** Puts the cursor on argument 0, as the kernel leaves the stack at a program's start. */
  abstract void startArguments();

  /** Moves the cursor by one argument and loads the text there. */
  abstract void nextArgument();

  /** Jumps when the cursor has passed the last argument. */
  abstract void ifNoArgument(Label target);

  /** Jumps when a byte of the text is the given one, 0 to 127. */
  abstract void ifTextByte(int offset, int value, Label target);

  /** Jumps when the result is this number, from -128 to 127. */
  abstract void ifResult(int value, Label target);

  /** Jumps when the result is greater than zero. */
  abstract void ifResultPositive(Label target);

  /** Jumps. */
  abstract void jump(Label target);
}
