package dev.roadstead.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file {@code administration} of a data folder, mode 0600: where the registry that runs on it
 * is administered, and the secret that this takes. It is there while a registry runs; after a crash
 * an old one stays until the next start, and its secret opens nothing.
 *
 * @param address of the running registry
 * @param token what requests of administration show
 */
public record DoorFile(URI address, String token) {
  private static final String FILE = "administration";
  private static final int MAX_BYTES = 4096;

  /** Puts it into the folder, in place of any other. */
  public void write(DataFolder folder) {
    var text = address + "\n" + token + "\n";
    try {
      DataFolder.writeNew(
          folder.root().resolve(FILE), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException failed) {
      throw DataFolder.unusable(folder.root(), failed);
    }
  }

  /** Takes it out of the folder, so that nobody looks for a registry that has ended. */
  public static void remove(DataFolder folder) {
    try {
      Files.deleteIfExists(folder.root().resolve(FILE));
    } catch (IOException failed) {
      throw DataFolder.unusable(folder.root(), failed);
    }
  }

  /** Reads it; empty when no registry has made one, or what is there is none. */
  public static Optional<DoorFile> read(Path root) {
    var file = root.resolve(FILE);
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      var lines = Files.readString(file).lines().toList();
      return lines.size() == 2
          ? Optional.of(new DoorFile(URI.create(lines.getFirst()), lines.getLast()))
          : Optional.empty();
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failed) {
      throw new DataFolderException(
          "cannot read " + file + ": " + FileFailures.reason(failed), failed);
    }
  }

  /** The secret is for nobody's log. */
  @Override
  public String toString() {
    return "DoorFile[address=" + address + "]";
  }
}
