package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Key;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Something a manifest names and keeps alive.
 *
 * @param kind a blob is counted at its link, a manifest at its own record
 */
public record Child(Kind kind, Digest digest) {

  /** What it is. */
  public enum Kind {
    /** Config, layer, or other content. */
    BLOB,
    /** What an index names. */
    MANIFEST
  }

  /** Where it is counted. */
  Key key(RepositoryName repository) {
    return switch (kind) {
      case BLOB -> Keys.link(repository, digest);
      case MANIFEST -> Keys.manifest(repository, digest);
    };
  }

  /** One byte for kind and algorithm, then the digest's bytes: 33 for each child. */
  public static byte[] pack(List<Child> children) {
    var packed = new ByteArrayOutputStream();
    for (var child : children) {
      int algorithm = child.digest().algorithm() == HashAlgorithm.SHA256 ? 0 : 1;
      packed.write((child.kind() == Kind.BLOB ? 0 : 2) + algorithm);
      packed.writeBytes(HexFormat.of().parseHex(child.digest().hex()));
    }
    return packed.toByteArray();
  }

  /** The children that were packed. */
  public static List<Child> unpack(byte[] packed) {
    var children = new ArrayList<Child>();
    var bytes = ByteBuffer.wrap(packed);
    while (bytes.hasRemaining()) {
      int head = bytes.get();
      var algorithm = (head & 1) == 0 ? HashAlgorithm.SHA256 : HashAlgorithm.SHA512;
      var digest = new byte[algorithm.hexLength() / 2];
      bytes.get(digest);
      children.add(
          new Child(
              (head & 2) == 0 ? Kind.BLOB : Kind.MANIFEST,
              new Digest(algorithm, HexFormat.of().formatHex(digest))));
    }
    return children;
  }
}
