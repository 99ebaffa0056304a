package dev.roadstead.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version of this program, as its build has written it down. */
public final class Version {
  /** For example {@code 0.1.0-SNAPSHOT}. */
  public static final String TEXT = read();

  private Version() {}

  private static String read() {
    try (var file = Version.class.getResourceAsStream("version.txt")) {
      if (file == null) {
        throw new IllegalStateException("the program was built without its version");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
