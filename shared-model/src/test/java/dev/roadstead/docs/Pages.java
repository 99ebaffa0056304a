package dev.roadstead.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The files of the repository, wherever a module's tests are started. */
public final class Pages {
  /** The folder that everything lies in. */
  public static final Path ROOT = root(Path.of("").toAbsolutePath());

  private static final Set<String> NOT_OURS = Set.of(".git", ".tools", "target", "node_modules");

  private Pages() {}

  private static Path root(Path folder) {
    return Files.exists(folder.resolve("LICENSE"))
        ? folder
        : root(Objects.requireNonNull(folder.getParent(), "no LICENSE above the tests' folder"));
  }

  /** Every Markdown page, relative to the root. */
  static List<Path> all() {
    return files(".md");
  }

  /** Every file whose name ends so, relative to the root; nothing that was built or installed. */
  static List<Path> files(String ending) {
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(ending)) {
                found.add(ROOT.relativize(file));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }

  /** The text of a file. */
  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
