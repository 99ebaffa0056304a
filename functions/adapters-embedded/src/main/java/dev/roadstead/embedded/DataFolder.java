package dev.roadstead.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;

/**
 * The folder that holds everything of one local registry, for one process at a time.
 *
 * <pre>
 * lock            held by the running process; the kernel frees it, however the process ends
 * version         the number of this layout
 * administration  where the running registry is administered, see {@link DoorFile}
 * keys/           secrets, 32 random bytes each, for the owner's eyes only
 * metadata.db     SQLite, see {@link SqliteMetadataStore}
 * objects/        blobs, see {@link FileBlobStore}
 * multipart/      uploads of parts under way
 * tmp/            what nobody has acknowledged; emptied at every start
 * </pre>
 *
 * Every failure is a {@link DataFolderException}.
 */
public final class DataFolder implements AutoCloseable {
  /** The layout this version reads and writes. */
  public static final int LAYOUT = 1;

  private static final int KEY_BYTES = 32;
  private static final String VERSION = "version";
  private static final String UNFINISHED = ".new";

  private static final FileAttribute<?> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** What a folder may hold before a registry is made in it: traces of an earlier attempt. */
  private static final Set<String> EMPTY_ENOUGH =
      Set.of(FolderLock.FILE, VERSION + UNFINISHED, "lost+found");

  private final Path root;
  private final FolderLock lock;
  private final SecureRandom random;

  /** What a secret is for. */
  public enum Secret {
    /** Signs the addresses clients upload to. */
    UPLOAD_LOCATIONS("upload-locations"),
    /** Signs the addresses clients read objects from. */
    OBJECT_ADDRESSES("object-addresses"),
    /** Signs the tokens of accounts. */
    TOKENS("tokens"),
    /** Seals tokens for the edge. */
    EDGE("edge");

    private final String fileName;

    Secret(String fileName) {
      this.fileName = fileName;
    }
  }

  private DataFolder(Path root, FolderLock lock, SecureRandom random) {
    this.root = root;
    this.lock = lock;
    this.random = random;
  }

  /** Opens the folder, or makes it, and holds it until {@link #close()}. */
  public static DataFolder open(Path path, SecureRandom random) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new DataFolderException(path + " is a file; choose a folder for the data");
    }
    try {
      createRoot(path.toAbsolutePath());
      var root = path.toRealPath();
      refuseForeign(root);
      var folder = new DataFolder(root, FolderLock.take(root), random);
      try {
        folder.prepare();
        return folder;
      } catch (IOException | DataFolderException failed) {
        folder.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw unusable(path, failed);
    }
  }

  private static void createRoot(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      createParents(DurableFolders.parent(root));
      Files.createDirectory(root, OWNER_ONLY_FOLDER);
      DurableFolders.sync(DurableFolders.parent(root));
    }
  }

  private static void createParents(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      createParents(DurableFolders.parent(folder));
      Files.createDirectory(folder);
      DurableFolders.sync(DurableFolders.parent(folder));
    }
  }

  private void prepare() throws IOException {
    var version = root.resolve(VERSION);
    if (Files.exists(version)) {
      checkLayout(Files.readString(version).strip());
    } else {
      writeNew(version, utf8(LAYOUT + "\n"));
    }
    for (var folder : List.of(objects(), multipart(), tmp())) {
      Files.createDirectories(folder);
    }
    if (!Files.isDirectory(keys(), LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(keys(), OWNER_ONLY_FOLDER);
    }
    DurableFolders.sync(root);
    try (var leftovers = Files.newDirectoryStream(tmp())) {
      for (var leftover : leftovers) {
        DurableFolders.deleteTree(leftover);
      }
    }
  }

  private void checkLayout(String found) {
    if (!found.matches("[0-9]{1,9}")) {
      throw new DataFolderException(
          root.resolve(VERSION) + " is damaged; it should hold the number " + LAYOUT);
    }
    if (Integer.parseInt(found) > LAYOUT) {
      throw new DataFolderException(
          root
              + " was written by a newer version of Roadstead (layout "
              + found
              + ", this version knows "
              + LAYOUT
              + "); start that version");
    }
  }

  /** Emptying tmp/ in somebody else's folder would destroy what is not ours. */
  private static void refuseForeign(Path root) throws IOException {
    try (var found = Files.list(root)) {
      var names = found.map(file -> file.getFileName().toString()).toList();
      if (!names.contains(VERSION) && !EMPTY_ENOUGH.containsAll(names)) {
        throw new DataFolderException(
            root + " holds other files; choose an empty folder for the data, or a new one");
      }
    }
  }

  /** Whether there is a registry's data in this folder. */
  public static boolean isOne(Path path) {
    return Files.isRegularFile(path.resolve(VERSION));
  }

  /** Whether a process has this folder open. */
  public static boolean isHeld(Path path) {
    try {
      return FolderLock.isTaken(path.toRealPath());
    } catch (IOException failed) {
      throw unusable(path, failed);
    }
  }

  /** Where blobs lie. */
  Path objects() {
    return root.resolve("objects");
  }

  /** Where parts lie until their upload is complete. */
  Path multipart() {
    return root.resolve("multipart");
  }

  /** Where bytes lie that nobody has acknowledged. */
  public Path tmp() {
    return root.resolve("tmp");
  }

  /** The SQLite file. */
  Path database() {
    return root.resolve("metadata.db");
  }

  private Path keys() {
    return root.resolve("keys");
  }

  /** The folder's own path, for messages to its operator. */
  public Path root() {
    return root;
  }

  /** The secret's 32 bytes, made at the first use and the same ever after. */
  public byte[] secret(Secret secret) {
    var file = keys().resolve(secret.fileName);
    try {
      if (!Files.exists(file)) {
        var fresh = new byte[KEY_BYTES];
        random.nextBytes(fresh);
        writeNew(file, ByteBuffer.wrap(fresh));
      }
      return checked(file);
    } catch (IOException failed) {
      throw unusable(root, failed);
    }
  }

  /**
   * The secret, and behind it the one before it, if the operator has kept that as {@code
   * .previous}: what was signed with either is believed.
   */
  public List<byte[]> secrets(Secret secret) {
    var previous = keys().resolve(secret.fileName + ".previous");
    try {
      return Files.exists(previous)
          ? List.of(secret(secret), checked(previous))
          : List.of(secret(secret));
    } catch (IOException failed) {
      throw unusable(root, failed);
    }
  }

  private static byte[] checked(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    if (bytes.length != KEY_BYTES) {
      throw new DataFolderException(
          file + " is damaged; restore it, or delete it to have a new one made");
    }
    return bytes;
  }

  /** Writes beside the file and renames, so that a crash leaves no half file behind the name. */
  static void writeNew(Path file, ByteBuffer bytes) throws IOException {
    var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    Files.deleteIfExists(unfinished);
    try (var channel =
        FileChannel.open(
            unfinished,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OWNER_ONLY_FILE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    DurableFolders.sync(DurableFolders.parent(file));
  }

  /** Lets another process have the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failed) {
      throw unusable(root, failed);
    }
  }

  static DataFolderException unusable(Path path, IOException cause) {
    return new DataFolderException(
        "cannot keep data in "
            + path
            + ": "
            + FileFailures.reason(cause)
            + "; make the folder writable, or choose another one",
        cause);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
