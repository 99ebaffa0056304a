package dev.roadstead.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The lock on a data folder: the kernel's, so that it is free however the process ended. */
final class FolderLock implements AutoCloseable {
  /** The locked file; holds the process id, for whoever is refused. */
  static final String FILE = "lock";

  private static final int MAX_PID_BYTES = 20;

  /**
   * The folders this process holds. A second attempt from the same process must not even open the
   * file: closing it again would free the first one's lock (POSIX).
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel channel;

  private FolderLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Takes the lock at once or refuses with a {@link DataFolderException} that names the holder. */
  static FolderLock take(Path root) throws IOException {
    if (!HELD_HERE.add(root)) {
      throw held(root, "this process");
    }
    try {
      return new FolderLock(root, open(root));
    } catch (IOException | DataFolderException failed) {
      HELD_HERE.remove(root);
      throw failed;
    }
  }

  /** Whether somebody has it at this moment. */
  static boolean isTaken(Path root) throws IOException {
    if (HELD_HERE.contains(root)) {
      return true;
    }
    if (!Files.exists(root.resolve(FILE))) {
      return false;
    }
    try (var channel = FileChannel.open(root.resolve(FILE), StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock == null;
    }
  }

  private static FileChannel open(Path root) throws IOException {
    var channel =
        FileChannel.open(
            root.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw held(root, "another process" + pidIn(channel));
      }
      channel.truncate(0);
      var pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | DataFolderException failed) {
      channel.close();
      throw failed;
    }
  }

  private static String pidIn(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(bytes, 0);
    var pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    return pid.matches("[0-9]+") ? ", pid " + pid : "";
  }

  private static DataFolderException held(Path root, String holder) {
    return new DataFolderException(
        root + " is in use by " + holder + "; stop that registry, or choose another folder");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(root);
    }
  }
}
