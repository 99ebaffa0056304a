package dev.roadstead.embedded;

import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Limits;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Multipart uploads under way: a folder each, a file for each part. To complete one its folder
 * becomes the object; no byte moves. A crash before that leaves the upload as it was, but perhaps
 * without the parts that were to be dropped.
 */
final class MultipartFiles {
  private final Path root;
  private final Supplier<Path> aside;
  private final ObjectFiles objects;
  private final Locks locks = new Locks();

  MultipartFiles(Path root, Supplier<Path> aside, ObjectFiles objects) {
    this.root = root;
    this.aside = aside;
    this.objects = objects;
  }

  MultipartId create(ObjectKey key, UUID id) throws IOException {
    Files.createDirectory(root.resolve(id.toString()));
    DurableFolders.sync(root);
    return new MultipartId(key, id.toString());
  }

  /** Makes a synced file the part of this number, and returns when that is durable. */
  void place(Path file, MultipartId upload, int partNumber) throws IOException {
    Limits.checkPartNumbers(List.of(partNumber));
    synchronized (locks.of(upload.id())) {
      var folder =
          folder(upload)
              .orElseThrow(() -> new StoreException("no such multipart upload: " + upload.id()));
      Files.move(file, part(folder, partNumber), StandardCopyOption.ATOMIC_MOVE);
      DurableFolders.sync(folder);
    }
  }

  /** Makes the named parts the object; false when there is no such upload. */
  boolean complete(MultipartId upload, List<Integer> partNumbers) throws IOException {
    Limits.checkPartNumbers(partNumbers);
    synchronized (locks.of(upload.id())) {
      var folder = folder(upload);
      if (folder.isEmpty()) {
        return false;
      }
      var parts = partNumbers.stream().sorted().map(n -> part(folder.get(), n)).toList();
      checkSizes(parts);
      dropOthers(folder.get(), parts);
      DurableFolders.sync(folder.get());
      objects.place(folder.get(), upload.key());
      DurableFolders.sync(root);
      return true;
    }
  }

  private static void checkSizes(List<Path> parts) throws IOException {
    for (var part : parts) {
      boolean last = part.equals(parts.getLast());
      if (!Files.exists(part) || (!last && Files.size(part) < BlobStore.MIN_PART_BYTES)) {
        throw new StoreException("missing or too small: " + part.getFileName());
      }
    }
  }

  private static void dropOthers(Path folder, List<Path> parts) throws IOException {
    var named = new HashSet<>(parts);
    try (var found = Files.newDirectoryStream(folder, file -> !named.contains(file))) {
      for (var dropped : found) {
        Files.delete(dropped);
      }
    }
  }

  void abort(MultipartId upload) throws IOException {
    synchronized (locks.of(upload.id())) {
      var folder = folder(upload);
      if (folder.isPresent()) {
        var dropped = aside.get();
        Files.move(folder.get(), dropped, StandardCopyOption.ATOMIC_MOVE);
        DurableFolders.sync(root);
        DurableFolders.deleteTree(dropped);
      }
    }
  }

  /** The upload's folder; an id that no upload can have leads nowhere. */
  private Optional<Path> folder(MultipartId upload) {
    return Optional.of(upload.id())
        .filter(id -> id.matches("[0-9a-f-]{36}"))
        .map(root::resolve)
        .filter(Files::isDirectory);
  }

  private static Path part(Path folder, int number) {
    return folder.resolve("part-%05d".formatted(number));
  }
}
