package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The writes that move one tag, as part of a transaction: the tag, its history, and the counts at
 * the manifests that it leaves and comes to.
 *
 * @param before where it points now, as it was read
 * @param newest the version of its history's newest entry, as far as is known; 0 for none
 */
record TagMove(
    Environment environment,
    RepositoryName repository,
    Tag tag,
    Optional<TagRecord> before,
    Caller caller,
    long newest) {

  /**
   * Versions count the moves, over all lives of the tag, so no clock puts its history in order. A
   * tag is believed to have none before its first life: the entry that begins a life is kept for
   * ever, so a second life whose maker knows nothing of the first meets that entry, is refused, and
   * looks ({@link TagHistory#newestVersion}).
   */
  long version() {
    return Math.max(before.map(TagRecord::version).orElse(0L), newest) + 1;
  }

  /**
   * Points the tag to a manifest that is small enough to lie beside it, or not; without the counts
   * at the manifests that it comes to and leaves.
   */
  List<Write> to(Descriptor manifest, Optional<byte[]> body) {
    long version = version();
    var moves = new ArrayList<>(before.map(TagRecord::moves).orElse(List.of()));
    moves.add(version);
    var writes = new ArrayList<Write>();
    if (moves.size() > TagRecord.MAX_MOVES) {
      writes.add(
          // Behind the first, which tells whoever makes the tag anew that it was there.
          new Write.Delete(Keys.tagMove(repository, tag, moves.remove(1)), Condition.NONE));
    }
    var record =
        new TagRecord(
            manifest.digest(), manifest.mediaType(), manifest.sizeBytes(), version, moves, body);
    writes.add(new Write.Put(record.toItem(Keys.tag(repository, tag)), asRead()));
    writes.add(history(version, Optional.of(manifest.digest())));
    return writes;
  }

  /** Removes the tag, without the count at its manifest. */
  List<Write> away() {
    return List.of(
        new Write.Delete(Keys.tag(repository, tag), asRead()),
        history(version(), Optional.empty()));
  }

  /** What the audit log says of it. */
  List<Write> audited(String what, Digest digest) {
    return AuditEntry.of(environment, caller, what, repository, Optional.of(tag), digest);
  }

  private Condition asRead() {
    return before.map(TagRecord::unmoved).orElse(Condition.absent());
  }

  private Write history(long version, Optional<Digest> digest) {
    var item =
        Item.at(Keys.tagMove(repository, tag, version))
            .with(TagHistory.BY, caller.name())
            .with(TagHistory.AT, environment.nowSeconds());
    digest.ifPresent(to -> item.with(TagHistory.TO, to.toString()));
    before.ifPresent(from -> item.with(TagHistory.FROM, from.digest().toString()));
    return Write.create(item.build());
  }

  /**
   * One tag less: the manifest becomes a candidate, and the collector looks whether it has others.
   */
  Write leave(Digest digest) {
    var key = Keys.manifest(repository, digest);
    var changes = new ArrayList<>(Hint.set(Hint.Kind.MANIFEST, key, environment.nowSeconds()));
    changes.addAll(oneTagLess());
    return new Write.Update(key, changes, Condition.above(ManifestRecord.TAGS, 0));
  }

  /** The manifest that the tag points to until now. */
  Optional<Child> leaves() {
    return before.map(from -> new Child(Child.Kind.MANIFEST, from.digest()));
  }

  /** What that changes at the manifest. */
  List<Change> oneTagLess() {
    return List.of(
        Change.add(ManifestRecord.TAGS, -1), Change.exclude(ManifestRecord.TAG_NAMES, tag.text()));
  }

  /** One tag more, at a manifest that is there. */
  Write join(Digest digest, ManifestRecord manifest) {
    var changes = new ArrayList<>(Hint.clear());
    changes.add(Change.add(ManifestRecord.TAGS, 1));
    changes.add(
        manifest.tags() < ManifestRecord.MAX_TAG_NAMES
            ? Change.include(ManifestRecord.TAG_NAMES, tag.text())
            : Change.put(ManifestRecord.MANY_TAGS, 1));
    return new Write.Update(Keys.manifest(repository, digest), changes, ManifestRecord.IS_LIVE);
  }
}
