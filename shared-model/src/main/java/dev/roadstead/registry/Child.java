package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
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

  /**
   * One reference more to it, on condition that it is there: nothing visible ever misses a part.
   *
   * @param more what else changes at the same item
   */
  Write count(RepositoryName repository, List<Change> more) {
    var alive =
        switch (kind) {
          case BLOB -> Condition.exists();
          case MANIFEST -> ManifestRecord.IS_LIVE;
        };
    var changes = new ArrayList<>(Hint.clear());
    changes.add(Change.add(counter(), 1));
    changes.addAll(more);
    return new Write.Update(key(repository), changes, alive);
  }

  /**
   * One reference less to it: it becomes a candidate, and the collector counts again. It may have
   * been counted at a stripe; what counts is the sum.
   */
  Write uncount(RepositoryName repository, Environment environment) {
    var key = key(repository);
    long grace = environment.inSeconds(environment.settings().linkGrace());
    var hint =
        switch (kind) {
          case BLOB -> Hint.set(Hint.Kind.LINK, key, grace);
          case MANIFEST -> Hint.set(Hint.Kind.MANIFEST, key, environment.nowSeconds());
        };
    var changes = new ArrayList<>(hint);
    changes.add(Change.add(counter(), -1));
    return new Write.Update(
        key,
        changes,
        Condition.any(Condition.above(counter(), 0), Condition.has(Stripes.ATTRIBUTE)));
  }

  private String counter() {
    return switch (kind) {
      case BLOB -> LinkRecord.REFS;
      case MANIFEST -> ManifestRecord.PARENTS;
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
