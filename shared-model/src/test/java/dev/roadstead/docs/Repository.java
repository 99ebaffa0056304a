package dev.roadstead.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The folder that everything lies in, wherever a module's tests are started. */
final class Repository {
  /** The root of the repository. */
  static final Path ROOT = find(Path.of("").toAbsolutePath());

  private Repository() {}

  private static Path find(Path folder) {
    return Files.exists(folder.resolve("LICENSE"))
        ? folder
        : find(Objects.requireNonNull(folder.getParent(), "no LICENSE above the tests' folder"));
  }
}
