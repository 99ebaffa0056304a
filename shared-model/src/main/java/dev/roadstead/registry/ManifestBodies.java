package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Limits;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;

/**
 * Where the body of a manifest lies, by its deflated size: up to 1.5 KB beside the tag, so that a
 * pull by tag is one read; up to 8 KB in the manifest's record; up to 350 KB in a record of its
 * own; above that in an object, named by a trash record until the manifest's transaction takes it
 * over.
 */
final class ManifestBodies {
  private static final int TAG_BYTES = 1536;
  private static final int RECORD_BYTES = 8 * 1024;
  private static final int OWN_RECORD_BYTES = 350 * 1024;

  private final Environment environment;

  ManifestBodies(Environment environment) {
    this.environment = environment;
  }

  /**
   * A body, placed.
   *
   * @param besideTag the deflated body, if the tag's record is to have it
   * @param inRecord the deflated body, if the manifest's record is to have it
   * @param object the object it is in already, if it is
   * @param writes what the transaction of the manifest does besides
   */
  record Placed(
      Optional<byte[]> besideTag,
      Optional<byte[]> inRecord,
      Optional<ObjectKey> object,
      List<Write> writes) {}

  /** Whether a deflated body is small enough for the tag's record. */
  static boolean liesBesideTags(byte[] small) {
    return small.length <= TAG_BYTES;
  }

  /** Finds a place for a body; stores it now, if the place is an object. */
  Placed place(RepositoryName repository, Digest digest, byte[] bytes) {
    var small = Compression.deflate(bytes);
    var besideTag = Optional.of(small).filter(ManifestBodies::liesBesideTags);
    if (small.length <= RECORD_BYTES) {
      return new Placed(besideTag, Optional.of(small), Optional.empty(), List.of());
    }
    if (small.length <= OWN_RECORD_BYTES) {
      var item =
          Item.at(Keys.manifestBody(repository, digest))
              .with(ManifestRecord.BODY, Value.of(small))
              .build();
      var write = new Write.Put(item, Condition.NONE);
      return new Placed(besideTag, Optional.empty(), Optional.empty(), List.of(write));
    }
    return asObject(digest, bytes);
  }

  private Placed asObject(Digest digest, byte[] bytes) {
    var object = Keys.manifestObject(environment.ids().next());
    long purgeAt = environment.inSeconds(environment.settings().sessionLife());
    var trash = TrashRecord.manifestBody(digest, object, bytes.length, purgeAt);
    environment.metadata().write(Write.create(trash));
    environment.blobs().put(object, bytes);
    var takeOver = new Write.Delete(trash.key(), TrashRecord.WAITS);
    return new Placed(Optional.empty(), Optional.empty(), Optional.of(object), List.of(takeOver));
  }

  /**
   * The body of a manifest.
   *
   * @param ownRecord the body's own record, if there is one
   */
  Optional<byte[]> load(ManifestRecord manifest, Optional<Item> ownRecord) {
    var object = manifest.bodyObject();
    if (object.isPresent()) {
      return environment.blobs().read(object.get(), Limits.MANIFEST_BYTES);
    }
    return manifest
        .inlineBody()
        .or(() -> ownRecord.flatMap(item -> item.bytesIfAny(ManifestRecord.BODY)))
        .map(small -> Compression.inflate(small, manifest.sizeBytes()));
  }
}
