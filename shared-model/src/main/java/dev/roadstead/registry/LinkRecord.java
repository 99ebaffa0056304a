package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import java.util.OptionalLong;

/**
 * A blob is in a repository. Pulling it needs nothing but this record.
 *
 * @param objectKey where the bytes are; the same as in the blob's own record
 * @param refs how many manifests of the repository name it; of a striped link only what is counted
 *     here, which may be less than nothing ({@link Stripes})
 * @param idleUntil while nothing names it: when the collector may look, in seconds since 1970
 */
public record LinkRecord(
    long sizeBytes, ObjectKey objectKey, long refs, OptionalLong idleUntil, boolean striped) {
  static final String SIZE = "sizeBytes";
  static final String OBJECT = "objectKey";
  static final String REFS = "refs";

  /** Reads a record. */
  public static LinkRecord of(Item item) {
    return new LinkRecord(
        item.number(SIZE),
        new ObjectKey(item.text(OBJECT)),
        item.number(REFS),
        item.numberIfAny(Hint.AT),
        Stripes.has(item));
  }

  /** A new link: nothing names it yet, so it is a candidate from the moment it exists. */
  static Item create(
      RepositoryName repository, Digest digest, BlobRecord blob, long idleUntilSeconds) {
    var key = Keys.link(repository, digest);
    var item =
        Item.at(key)
            .with(SIZE, blob.sizeBytes())
            .with(OBJECT, blob.objectKey().text())
            .with(REFS, 0);
    return Hint.on(item, Hint.Kind.LINK, key, idleUntilSeconds).build();
  }
}
