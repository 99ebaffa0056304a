package dev.roadstead.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Folders whose files are being read. A reader opens them one after the other, because an object
 * may have thousands; so its folder is followed when it is moved, and kept until the last reader
 * leaves when it is to be deleted.
 */
final class OpenFolders {
  private final Map<Path, Lease> leases = new HashMap<>();

  /** One folder, shared by its readers. */
  final class Lease {
    private Path folder;
    private int readers;
    private boolean retired;

    private Lease(Path folder) {
      this.folder = folder;
    }

    FileChannel open(String fileName) throws IOException {
      synchronized (OpenFolders.this) {
        return FileChannel.open(folder.resolve(fileName), StandardOpenOption.READ);
      }
    }

    /** One reader leaves; each must do so once. */
    void leave() throws IOException {
      if (lastHasLeft() && retired) {
        DurableFolders.deleteTree(folder);
      }
    }

    private boolean lastHasLeft() {
      synchronized (OpenFolders.this) {
        readers--;
        return readers == 0 && leases.remove(folder) != null;
      }
    }
  }

  synchronized Lease enter(Path folder) {
    var lease = leases.computeIfAbsent(folder, Lease::new);
    lease.readers++;
    return lease;
  }

  /** Moves a folder or file; readers of a folder follow. */
  synchronized void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    var lease = leases.remove(from);
    if (lease != null) {
      lease.folder = to;
      leases.put(to, lease);
    }
  }

  /** Moves a folder or file aside, and deletes it as soon as nobody reads it. */
  void retire(Path from, Path aside) throws IOException {
    if (!isKeptForReaders(from, aside)) {
      DurableFolders.deleteTree(aside);
    }
  }

  private synchronized boolean isKeptForReaders(Path from, Path aside) throws IOException {
    move(from, aside);
    var lease = leases.get(aside);
    if (lease != null) {
      lease.retired = true;
    }
    return lease != null;
  }
}
