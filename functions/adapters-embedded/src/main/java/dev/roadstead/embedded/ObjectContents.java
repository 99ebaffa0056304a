package dev.roadstead.embedded;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.store.ObjectInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which files an object consists of: itself when it is a file, else the files of its folder in the
 * order of their names.
 *
 * @param pieces by the offset in the object at which they begin; one at least
 */
record ObjectContents(NavigableMap<Long, Piece> pieces, Optional<Digest> sha256) {
  private static final String CHECKSUM_PREFIX = "sha256-";

  /** A file and the offset behind its last byte. */
  record Piece(Path file, long startsAt, long endsAt) {}

  /** What the one file of an object is called that carries this checksum. */
  static String fileName(Digest sha256) {
    if (sha256.algorithm() != HashAlgorithm.SHA256) {
      throw new IllegalArgumentException("an object's checksum is a SHA-256, not " + sha256);
    }
    return CHECKSUM_PREFIX + sha256.hex();
  }

  static ObjectContents of(Path object) throws IOException {
    var pieces = new TreeMap<Long, Piece>();
    if (!Files.isDirectory(object)) {
      pieces.put(0L, new Piece(object, 0, Files.size(object)));
      return new ObjectContents(pieces, Optional.empty());
    }
    long end = 0;
    try (var files = Files.list(object)) {
      for (var file : files.sorted().toList()) {
        var piece = new Piece(file, end, end + Files.size(file));
        pieces.put(end, piece); // the one after an empty file takes its place
        end = piece.endsAt();
      }
    }
    if (pieces.isEmpty()) {
      throw new NoSuchFileException(object.toString(), null, "an object has no file");
    }
    var name = pieces.firstEntry().getValue().file().getFileName().toString();
    return new ObjectContents(
        pieces,
        name.startsWith(CHECKSUM_PREFIX)
            ? Optional.of(
                new Digest(HashAlgorithm.SHA256, name.substring(CHECKSUM_PREFIX.length())))
            : Optional.empty());
  }

  long sizeBytes() {
    return pieces.lastEntry().getValue().endsAt();
  }

  ObjectInfo info() {
    return new ObjectInfo(sizeBytes(), sha256);
  }
}
