package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The pause process of a container that runs, as the kernel of this machine sees it ({@code
 * proc(5)}).
 *
 * @param pid outside the container
 */
record PauseSandbox(long pid) {

  /** Reads the number that a client printed. */
  static PauseSandbox of(String printed) {
    return new PauseSandbox(Long.parseLong(printed.strip()));
  }

  /** Memory that is held for it, in kilobytes: its one page of program, and its stack. */
  int residentKilobytes() {
    return Integer.parseInt(status("VmRSS:\\s+(\\d+) kB"));
  }

  /** The user it runs as. */
  String user() {
    return status("Uid:\\s+(\\d+)");
  }

  private String status(String pattern) {
    try {
      var text = Files.readString(Path.of("/proc/" + pid + "/status"));
      var found = Pattern.compile(pattern).matcher(text);
      if (!found.find()) {
        throw new AssertionError("no " + pattern + " in\n" + text);
      }
      return found.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
