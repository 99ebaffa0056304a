package dev.roadstead.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs a main class of these tests in a JVM of its own, with exactly the options given. */
final class ChildJvm {
  static final String OPEN_SECURITY = "--add-opens=java.base/java.security=ALL-UNNAMED";
  static final String OPEN_PROVIDER = "--add-opens=java.base/sun.security.provider=ALL-UNNAMED";

  private ChildJvm() {}

  static List<String> withShaOpened(String... more) {
    return Stream.concat(Stream.of(OPEN_SECURITY, OPEN_PROVIDER), Stream.of(more)).toList();
  }

  /** The lines it printed; fails the test if it did not end well. */
  static List<String> run(Class<?> main, List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(folder(ResumableHash.class) + File.pathSeparator + folder(main));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  private static Path folder(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
