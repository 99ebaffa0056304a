package dev.roadstead.pause.binary;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * What pause does, once for all architectures.
 *
 * <p>The three signals are blocked and fetched, not handled: a blocked signal is queued even for
 * process 1, to which the kernel delivers nothing it has no handler for. So the program needs no
 * handler, no stack of its own and no memory that can be written.
 */
final class PauseProgram {
  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;
  private static final int SIGCHLD = 17;
  private static final long SIGNALS = bit(SIGINT) | bit(SIGTERM) | bit(SIGCHLD);
  private static final int SIGNAL_SET_BYTES = Long.BYTES;
  private static final int SIG_BLOCK = 0;
  private static final int EINTR = 4;
  private static final int ANY_CHILD = -1;
  private static final int WNOHANG = 1;
  private static final int NULL = 0;

  private static final int EXIT_CANNOT_BLOCK_SIGNALS = 1;
  private static final int EXIT_CANNOT_WAIT = 42;

  private static final byte[] NOT_FIRST_LINE = line("Warning: pause should be the first process");
  private static final byte[] TERMINATED_LINE = line("Shutting down, got signal: Terminated");
  private static final byte[] INTERRUPTED_LINE = line("Shutting down, got signal: Interrupt");

  private final Code code;
  private final InstructionSet machine;
  private final byte[] versionLine;

  private PauseProgram(Architecture architecture, Code code, String version) {
    this.code = code;
    this.machine = architecture.instructions(code);
    this.versionLine = line("pause " + version);
  }

  /** The program's code and data, to be loaded at this address and entered at its first byte. */
  static byte[] assemble(Architecture architecture, String version, long startAddress) {
    var draft = new Code(startAddress, architecture.byteOrder(), Map.of());
    new PauseProgram(architecture, draft, version).write();
    var code = new Code(startAddress, architecture.byteOrder(), draft.placed());
    new PauseProgram(architecture, code, version).write();
    if (!Objects.equals(code.placed(), draft.placed())) {
      throw new IllegalStateException("an instruction's length depends on its operands");
    }
    return code.toByteArray();
  }

  private void write() {
    lookForVersionArgument();
    warnUnlessFirstProcess();
    blockSignals();
    reapAndWait();
    shutDown();
    data();
  }

  /** With {@code -v} or {@code -V} anywhere after the program's name: the version, and done. */
  private void lookForVersionArgument() {
    machine.startArguments();
    code.place(Label.NEXT_ARGUMENT);
    machine.nextArgument();
    machine.ifNoArgument(Label.RUN);
    machine.ifTextByte(0, '-', Label.DASH);
    machine.jump(Label.NEXT_ARGUMENT);
    code.place(Label.DASH);
    machine.ifTextByte(1, 'v', Label.DASH_V);
    machine.ifTextByte(1, 'V', Label.DASH_V);
    machine.jump(Label.NEXT_ARGUMENT);
    code.place(Label.DASH_V);
    machine.ifTextByte(2, 0, Label.PRINT_VERSION);
    machine.jump(Label.NEXT_ARGUMENT);
    code.place(Label.PRINT_VERSION);
    print(STANDARD_OUTPUT, Label.VERSION_LINE, versionLine);
    exit(0);
  }

  private void warnUnlessFirstProcess() {
    code.place(Label.RUN);
    machine.call(SystemCall.GETPID);
    machine.ifResult(1, Label.BLOCK_SIGNALS);
    print(STANDARD_ERROR, Label.NOT_FIRST_LINE, NOT_FIRST_LINE);
  }

  private void blockSignals() {
    code.place(Label.BLOCK_SIGNALS);
    machine.argument(0, SIG_BLOCK);
    machine.argument(1, Label.SIGNAL_SET);
    machine.argument(2, NULL);
    machine.argument(3, SIGNAL_SET_BYTES);
    machine.call(SystemCall.RT_SIGPROCMASK);
    // A child that ended before SIGCHLD was blocked left no signal behind: reap before waiting.
    machine.ifResult(0, Label.REAP);
    exit(EXIT_CANNOT_BLOCK_SIGNALS);
  }

  /** Several children may end with one SIGCHLD, so all that have ended are reaped. */
  private void reapAndWait() {
    code.place(Label.REAP);
    machine.argument(0, ANY_CHILD);
    machine.argument(1, NULL);
    machine.argument(2, WNOHANG);
    machine.argument(3, NULL);
    machine.call(SystemCall.WAIT4);
    machine.ifResultPositive(Label.REAP);

    code.place(Label.WAIT);
    machine.argument(0, Label.SIGNAL_SET);
    machine.argument(1, NULL);
    machine.argument(2, NULL);
    machine.argument(3, SIGNAL_SET_BYTES);
    machine.call(SystemCall.RT_SIGTIMEDWAIT);
    machine.ifResult(SIGCHLD, Label.REAP);
    machine.ifResult(SIGTERM, Label.TERMINATED);
    machine.ifResult(SIGINT, Label.INTERRUPTED);
    machine.ifResult(-EINTR, Label.WAIT); // a stop and continue, or a debugger
    exit(EXIT_CANNOT_WAIT); // waiting again would only burn the processor
  }

  private void shutDown() {
    code.place(Label.TERMINATED);
    print(STANDARD_ERROR, Label.TERMINATED_LINE, TERMINATED_LINE);
    machine.jump(Label.EXIT_IN_PEACE);
    code.place(Label.INTERRUPTED);
    print(STANDARD_ERROR, Label.INTERRUPTED_LINE, INTERRUPTED_LINE);
    code.place(Label.EXIT_IN_PEACE);
    exit(0);
  }

  private void data() {
    code.place(Label.SIGNAL_SET);
    code.int64(SIGNALS);
    data(Label.VERSION_LINE, versionLine);
    data(Label.NOT_FIRST_LINE, NOT_FIRST_LINE);
    data(Label.TERMINATED_LINE, TERMINATED_LINE);
    data(Label.INTERRUPTED_LINE, INTERRUPTED_LINE);
  }

  private void data(Label label, byte[] bytes) {
    code.place(label);
    code.bytes(bytes);
  }

  private void print(int file, Label label, byte[] bytes) {
    machine.argument(0, file);
    machine.argument(1, label);
    machine.argument(2, bytes.length);
    machine.call(SystemCall.WRITE);
  }

  private void exit(int status) {
    machine.argument(0, status);
    machine.call(SystemCall.EXIT_GROUP);
  }

  private static long bit(int signal) {
    return 1L << (signal - 1);
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
