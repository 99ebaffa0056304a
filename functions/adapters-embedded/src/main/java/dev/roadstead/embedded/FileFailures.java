package dev.roadstead.embedded;

import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says what went wrong with a file without saying where it lies. */
final class FileFailures {
  private FileFailures() {}

  /** A failure of the blob store; the path stays in the cause, for the operator's log. */
  static StoreException storeException(String action, IOException cause) {
    return new StoreException("cannot " + action + ": " + reason(cause), cause);
  }

  /** The system's reason, {@code No space left on device} for example. */
  static String reason(IOException failure) {
    var given =
        failure instanceof FileSystemException inFile ? inFile.getReason() : failure.getMessage();
    if (given != null) {
      return given;
    }
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied";
      case NoSuchFileException missing -> "a file or folder is missing";
      case FileAlreadyExistsException file -> "a file is where a folder should be";
      default -> failure.getClass().getSimpleName();
    };
  }
}
