package dev.roadstead.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Java program of the tests in a process of its own; gone when this is closed. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  private ChildProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** The same below another program, which is given the command to run. */
  static ChildProcess start(List<String> runner, Class<?> main, String... arguments)
      throws IOException {
    var command = new ArrayList<>(runner);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line it prints; empty when it has ended. */
  Optional<String> nextLine() throws IOException {
    return Optional.ofNullable(lines.readLine());
  }

  /** SIGKILL; what it printed can still be read, which {@link Process} would not allow. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  int exitCode() {
    return process.onExit().join().exitValue();
  }

  @Override
  public void close() throws IOException {
    kill();
    lines.close();
  }
}
