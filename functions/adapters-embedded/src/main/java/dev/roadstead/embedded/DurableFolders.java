package dev.roadstead.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folders below a root that are made when something is moved into them, survive power loss with it,
 * and go when they are empty.
 *
 * <p>A file is on disk only when its folder is synced, and that folder only when its parent is. So
 * a folder counts as known when its whole path was synced by this process: one that a crashed
 * process made may exist and still be lost.
 */
final class DurableFolders {
  /** How many folders are remembered; forgetting costs a sync, nothing else. */
  private static final int MAX_KNOWN = 10_000;

  /** How often a move is tried while others remove the folders it goes to. */
  private static final int MAX_MOVE_ATTEMPTS = 20;

  private final Path root;
  private final Set<Path> known = ConcurrentHashMap.newKeySet();
  private final Locks locks = new Locks();

  DurableFolders(Path root) {
    this.root = root;
  }

  /** Moves a file or folder to a path below the root, replacing a file by a file. */
  void moveTo(Path source, Path target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        make(parent(target));
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (NoSuchFileException removedMeanwhile) {
        if (attempt == MAX_MOVE_ATTEMPTS) {
          throw removedMeanwhile;
        }
      }
    }
  }

  /**
   * Returns when what was moved to this path survives power loss. The folders are looked at again:
   * one may have been removed and made anew by another thread, whose sync is still to come, before
   * the move pinned it.
   */
  void settle(Path target) throws IOException {
    try {
      make(parent(target));
      sync(parent(target));
    } catch (NoSuchFileException deletedMeanwhile) {
      syncNearest(parent(target));
    }
  }

  /** Returns when it survives power loss that this path is gone; removes folders left empty. */
  void settleRemoval(Path removed) throws IOException {
    var folder = parent(removed);
    while (!folder.equals(root) && removeIfEmpty(folder)) {
      folder = parent(folder);
    }
    syncNearest(folder);
  }

  private void make(Path folder) throws IOException {
    if (folder.equals(root) || known.contains(folder)) {
      return;
    }
    make(parent(folder));
    synchronized (locks.of(folder)) {
      if (!known.contains(folder)) {
        createIfAbsent(folder);
        sync(parent(folder));
        if (known.size() >= MAX_KNOWN) {
          known.clear();
        }
        known.add(folder);
      }
    }
  }

  private static void createIfAbsent(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException another) {
      if (!Files.isDirectory(folder)) {
        throw another;
      }
    }
  }

  private boolean removeIfEmpty(Path folder) throws IOException {
    synchronized (locks.of(folder)) {
      known.remove(folder);
      try {
        Files.delete(folder);
        return true;
      } catch (NoSuchFileException gone) {
        return true;
      } catch (DirectoryNotEmptyException inUse) {
        return false;
      }
    }
  }

  private void syncNearest(Path folder) throws IOException {
    for (var nearest = folder; ; nearest = parent(nearest)) {
      try {
        sync(nearest);
        return;
      } catch (NoSuchFileException gone) {
        if (nearest.equals(root)) {
          throw gone;
        }
      }
    }
  }

  /** The folder that a path lies in; everything here lies in one. */
  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent());
  }

  /** Returns when the names in this folder survive power loss. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a file, or a folder and all it holds; no error when there is none. */
  static void deleteTree(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    try (var found = Files.walk(path)) {
      for (var each : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
