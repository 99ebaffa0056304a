package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program with the arguments and environment that all its calls share.
 *
 * @param words the program and its first arguments
 * @param environment what is added to the environment of the tests
 * @param folder where it runs
 */
record Command(List<String> words, Map<String, String> environment, Path folder) {
  private static final int LIMIT_SECONDS = 300;

  Command(Path program, Object... words) {
    this(append(List.of(program.toString()), words), Map.of(), Path.of("").toAbsolutePath());
  }

  /** The same program with one more environment variable. */
  Command with(String name, Object value) {
    var more = new HashMap<>(environment);
    more.put(name, value.toString());
    return new Command(words, Map.copyOf(more), folder);
  }

  /** The same program in another folder. */
  Command in(Path other) {
    return new Command(words, environment, other);
  }

  /** The same program with more first arguments. */
  Command and(Object... more) {
    return new Command(append(words, more), environment, folder);
  }

  /**
   * Runs the program to its end.
   *
   * @return what it printed on standard output and standard error, as they came
   * @throws AssertionError with all of that, when the program fails or takes longer than its limit
   */
  String run(Object... arguments) {
    var command = and(arguments);
    try {
      // A file and not a pipe: a grandchild that keeps a pipe open would hold us after the end.
      var printed = Files.createTempFile("command", ".out");
      try {
        var process =
            command.builder().redirectErrorStream(true).redirectOutput(printed.toFile()).start();
        var ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          end(process.toHandle());
        }
        var output = Files.readString(printed, StandardCharsets.ISO_8859_1);
        if (!ended || process.exitValue() != 0) {
          var how = ended ? "exit " + process.exitValue() : "no end in " + LIMIT_SECONDS + " s";
          throw new AssertionError(how + ": " + String.join(" ", command.words) + "\n" + output);
        }
        return output;
      } finally {
        Files.delete(printed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted: " + command.words, e);
    }
  }

  /** A builder for this program as it stands, with nothing to read on standard input. */
  ProcessBuilder builder() {
    var builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile());
    builder.directory(folder.toFile()).environment().putAll(environment);
    return builder;
  }

  /** Kills a process and everything it has started that still belongs to it. */
  static void end(ProcessHandle process) {
    var family = process.descendants().toList();
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
  }

  private static List<String> append(List<String> words, Object... more) {
    return Stream.concat(words.stream(), Stream.of(more).map(Object::toString)).toList();
  }
}
