package dev.roadstead.embedded;

import dev.roadstead.model.Digest;
import dev.roadstead.store.ObjectInfo;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Scan;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Objects as files: the key {@code data/ab/u} lies at {@code data/ab/u.object}, so that {@code
 * data/ab/u/t1} can lie beside it. There is either a plain file, or a folder of parts in the order
 * of their names, or a folder with one file that is named after its checksum.
 *
 * <p>A file replaces a file in one step; a folder cannot be replaced so. Then the old object first
 * steps aside to {@code data/ab/u.replaced}, which is the object while there is no other: a crash
 * at any point leaves the old or the new one.
 */
final class ObjectFiles {
  static final String OBJECT = ".object";
  static final String REPLACED = ".replaced";

  private final Path root;
  private final Supplier<Path> aside;
  private final DurableFolders folders;
  private final OpenFolders openFolders = new OpenFolders();
  private final Locks locks = new Locks();

  /**
   * Objects below a folder.
   *
   * @param aside fresh paths on the same disk, for what is to be deleted
   */
  ObjectFiles(Path root, Supplier<Path> aside) {
    this.root = root;
    this.aside = aside;
    this.folders = new DurableFolders(root);
  }

  private Path path(ObjectKey key, String suffix) {
    return root.resolve(key.text() + suffix);
  }

  private Optional<Path> find(ObjectKey key) {
    return List.of(path(key, OBJECT), path(key, REPLACED)).stream()
        .filter(Files::exists)
        .findFirst();
  }

  /** Makes a synced file or folder the object with this key, and returns when it is durable. */
  void place(Path prepared, ObjectKey key) throws IOException {
    var object = path(key, OBJECT);
    synchronized (locks.of(key)) {
      if (stepsAside(object, prepared) || Files.exists(path(key, REPLACED))) {
        replace(prepared, key);
        return;
      }
      folders.moveTo(prepared, object);
    }
    folders.settle(object);
  }

  private static boolean stepsAside(Path object, Path prepared) {
    return Files.isDirectory(object) || (Files.isDirectory(prepared) && Files.exists(object));
  }

  private void replace(Path prepared, ObjectKey key) throws IOException {
    var object = path(key, OBJECT);
    var replaced = path(key, REPLACED);
    if (Files.exists(object)) {
      if (Files.exists(replaced)) {
        openFolders.retire(replaced, aside.get()); // a crash came before the end of this method
      }
      openFolders.move(object, replaced);
    }
    folders.moveTo(prepared, object);
    folders.settle(object); // before the old one goes
    openFolders.retire(replaced, aside.get());
    folders.settle(object);
  }

  /** The same for a file whose checksum the object carries. */
  void place(Path file, ObjectKey key, Digest sha256) throws IOException {
    var name = ObjectContents.fileName(sha256);
    synchronized (locks.of(key)) {
      var object = path(key, OBJECT);
      if (Files.exists(object.resolve(name))) { // the same bytes; perhaps not yet durable
        Files.delete(file);
        DurableFolders.sync(object);
        folders.settle(object);
        return;
      }
    }
    var folder = aside.get();
    Files.createDirectory(folder);
    Files.move(file, folder.resolve(name));
    DurableFolders.sync(folder);
    place(folder, key);
  }

  Optional<ObjectInfo> head(ObjectKey key) throws IOException {
    synchronized (locks.of(key)) {
      var object = find(key);
      return object.isPresent()
          ? Optional.of(ObjectContents.of(object.get()).info())
          : Optional.empty();
    }
  }

  Optional<StoredObject> open(ObjectKey key) throws IOException {
    synchronized (locks.of(key)) {
      var object = find(key);
      return object.isPresent() ? Optional.of(open(object.get())) : Optional.empty();
    }
  }

  private StoredObject open(Path object) throws IOException {
    var contents = ObjectContents.of(object);
    var first = contents.pieces().firstEntry().getValue().file();
    var channel = FileChannel.open(first, StandardOpenOption.READ);
    return new StoredObject(
        contents,
        channel,
        contents.pieces().size() > 1 ? Optional.of(openFolders.enter(object)) : Optional.empty());
  }

  /**
   * Gives an object of one file a second name, without copying.
   *
   * @return false when it has several files, or the disk knows no links
   */
  boolean link(ObjectKey key, Path secondName) throws IOException {
    synchronized (locks.of(key)) {
      var object = find(key).orElseThrow(() -> new StoreException("no such object: " + key));
      var pieces = ObjectContents.of(object).pieces();
      if (pieces.size() > 1) {
        return false;
      }
      try {
        Files.createLink(secondName, pieces.firstEntry().getValue().file());
        return true;
      } catch (UnsupportedOperationException | FileSystemException impossible) {
        return false;
      }
    }
  }

  /** Removes the object, if there is one, and returns when that is durable. */
  void delete(ObjectKey key) throws IOException {
    synchronized (locks.of(key)) {
      for (var path : List.of(path(key, REPLACED), path(key, OBJECT))) {
        if (Files.exists(path)) {
          openFolders.retire(path, aside.get());
        }
      }
    }
    folders.settleRemoval(path(key, OBJECT));
  }

  List<ObjectKey> list(ObjectKey parent, int limit) throws IOException {
    try (var found = Files.list(root.resolve(parent.text()))) {
      return found
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(OBJECT) || name.endsWith(REPLACED))
          .map(name -> name.substring(0, name.indexOf('.')))
          .distinct()
          .sorted()
          .limit(limit)
          .map(parent::child)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }

  Scan.Objects scan(Optional<ObjectKey> after, int limit) throws IOException {
    return page(new ObjectWalk(root, limit + 1).after(after), limit);
  }

  Scan.Objects scanBelow(ObjectKey parent, Optional<ObjectKey> after, int limit)
      throws IOException {
    return page(new ObjectWalk(root, limit + 1).below(parent, after), limit);
  }

  /**
   * What is known of these objects.
   *
   * @param keys one more than the page has, if there are more
   */
  private Scan.Objects page(List<ObjectKey> keys, int limit) throws IOException {
    var found = new ArrayList<Scan.Entry>();
    for (var key : keys.subList(0, Math.min(limit, keys.size()))) {
      head(key).ifPresent(info -> found.add(new Scan.Entry(key, info.sizeBytes())));
    }
    var next = keys.size() > limit ? Optional.of(keys.get(limit - 1)) : Optional.<ObjectKey>empty();
    return new Scan.Objects(found, next);
  }
}
