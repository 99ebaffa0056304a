package dev.roadstead.pause.binary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A running pause, on this machine's processor or emulated. Ends with the test: {@code unshare}
 * takes the program along when it is killed.
 */
final class Pause implements AutoCloseable {
  private final Process process;
  private final long pid;
  private final Path standardError;

  private Pause(Process process, long pid, Path standardError) {
    this.process = process;
    this.pid = pid;
    this.standardError = standardError;
  }

  /** The words that run a binary of this architecture here; skips the test where nothing can. */
  static List<String> command(Architecture architecture, Path folder) throws IOException {
    var binary = folder.resolve("pause-" + architecture);
    if (!Files.exists(binary)) {
      Files.write(binary, architecture.pauseBinary("v3.10.2"));
      Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    if (System.getProperty("os.arch").equals(machineOf(architecture))) {
      return List.of(binary.toString());
    }
    var emulator = "qemu-" + emulatorOf(architecture) + "-static";
    assumeTrue(onPath(emulator), emulator + " is not installed (Debian: qemu-user-static)");
    return List.of(emulator, binary.toString());
  }

  /** Starts pause as any process. */
  static Pause start(Architecture architecture, Path folder) throws Exception {
    var standardError = Files.createTempFile(folder, "stderr", "");
    var process =
        new ProcessBuilder(command(architecture, folder))
            .redirectError(standardError.toFile())
            .start();
    return waiting(new Pause(process, process.pid(), standardError));
  }

  /** Starts pause as process 1 of a new namespace. */
  static Pause startFirst(Architecture architecture, Path folder) throws Exception {
    return waiting(startFirst(command(architecture, folder), folder));
  }

  /** Starts any program as process 1 of a new namespace. */
  static Pause startFirst(List<String> command, Path folder) throws Exception {
    assumeTrue(
        run(List.of("unshare", "--pid", "--fork", "true")) == 0,
        "a new process namespace takes root and unshare (Debian: util-linux)");
    var standardError = Files.createTempFile(folder, "stderr", "");
    var words = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--"));
    words.addAll(command);
    var process = new ProcessBuilder(words).redirectError(standardError.toFile()).start();
    Processes.await("process 1 runs", () -> Processes.childrenOf(process.pid()).size() == 1);
    var first = Processes.childrenOf(process.pid()).getFirst().pid();
    return new Pause(process, first, standardError);
  }

  /** A signal sent before pause waits would meet another state than the one to be tested. */
  private static Pause waiting(Pause pause) throws InterruptedException {
    try {
      Processes.await("pause waits for signals", () -> Processes.waitsForSignals(pause.pid));
      return pause;
    } catch (AssertionError notWaiting) {
      pause.close();
      throw notWaiting;
    }
  }

  /** As the kernel outside the namespace numbers it. */
  long pid() {
    return pid;
  }

  /** Waits for the end and gives the exit status. */
  int exitStatus() throws InterruptedException {
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("pause has not ended");
    }
    return process.exitValue();
  }

  String standardError() throws IOException {
    return Files.readString(standardError);
  }

  /** Leaves processes in the namespace whose parents are gone, and waits until they have ended. */
  void makeOrphans(int count) throws Exception {
    var script = "for i in $(seq " + count + "); do (sleep 0.1 &); done";
    var orphans =
        new ProcessBuilder("nsenter", "--target", "" + pid, "--pid", "--", "sh", "-c", script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // Each holds the pipe open until it ends, so its end is the end of all.
    orphans.getInputStream().readAllBytes();
    if (orphans.waitFor() != 0) {
      throw new AssertionError("nsenter failed");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  /** Runs a command and gives what it wrote to standard output; it has to end with 0. */
  static String output(List<String> command) throws Exception {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + " ended with " + process.exitValue());
    }
    return output;
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** As Java calls the processor. */
  private static String machineOf(Architecture architecture) {
    return switch (architecture) {
      case AMD64 -> "amd64";
      case ARM64 -> "aarch64";
      case ARM -> "arm";
      case PPC64LE -> "ppc64le";
      case S390X -> "s390x";
      case RISCV64 -> "riscv64";
      case LOONG64 -> "loongarch64";
    };
  }

  private static String emulatorOf(Architecture architecture) {
    return architecture == Architecture.AMD64 ? "x86_64" : machineOf(architecture);
  }
}
