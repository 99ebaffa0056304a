package dev.roadstead.pause.binary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What the tests ask Linux about processes ({@code proc(5)}). */
final class Processes {
  private static final long GIVE_UP_SECONDS = 20;

  private Processes() {}

  /** A process as its parent sees it; {@code Z} is one that has ended and was not reaped. */
  record Child(long pid, char state) {}

  static List<Child> childrenOf(long pid) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("\\d+"))
          .flatMap(entry -> childOf(pid, entry))
          .toList();
    } catch (IOException e) {
      throw new AssertionError("/proc cannot be read", e);
    }
  }

  private static Stream<Child> childOf(long parent, Path entry) {
    try {
      var stat = Files.readString(entry.resolve("stat"));
      // The name before the last parenthesis may hold anything, blanks too.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      var pid = Long.parseLong(entry.getFileName().toString());
      return Long.parseLong(fields[1]) == parent
          ? Stream.of(new Child(pid, fields[0].charAt(0)))
          : Stream.empty();
    } catch (IOException endedMeanwhile) {
      return Stream.empty();
    }
  }

  /**
   * Whether the process sleeps in {@code rt_sigtimedwait}, by the name of the kernel's function.
   * Its mask does not tell: the kernel takes the awaited signals out of it meanwhile.
   */
  static boolean waitsForSignals(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/wchan")).contains("sigtimedwait");
    } catch (IOException gone) {
      return false;
    }
  }

  /** A value of {@code /proc/<pid>/status}; text {@code 0} when the process has gone. */
  static String statusLine(long pid, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("0");
    } catch (IOException gone) {
      return "0";
    }
  }

  static void signal(String signal, long pid) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + signal + " " + pid + " failed");
    }
  }

  /** Waits for a state that must come; how long it takes does not matter. */
  static void await(String what, BooleanSupplier reached) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(GIVE_UP_SECONDS);
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("after " + GIVE_UP_SECONDS + " s still not: " + what);
      }
      Thread.sleep(5);
    }
  }
}
