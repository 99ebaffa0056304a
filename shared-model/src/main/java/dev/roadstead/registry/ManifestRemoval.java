package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The writes that remove one manifest, as one transaction: manifest and body go, a tombstone is
 * left, and everything it named is counted once less (rule R2). They hold only if the manifest is
 * as it was read.
 */
final class ManifestRemoval {
  /**
   * The manifest, its body, its tombstone, its entry at its subject, the audit entry, and one
   * check.
   */
  private static final int OWN_WRITES = 6;

  private final Environment environment;
  private final TagHistory history;

  ManifestRemoval(Environment environment) {
    this.environment = environment;
    this.history = new TagHistory(environment);
  }

  /** Whether one transaction takes it; otherwise it is taken apart step by step. */
  static boolean fits(ManifestRecord manifest) {
    int writes = 2 * manifest.tagNames().size() + manifest.children().size() + OWN_WRITES;
    return !manifest.manyTags() && writes <= Transaction.MAX_WRITES;
  }

  /**
   * The writes.
   *
   * @param tags what goes with it: every tag it has
   * @param attempt 0, and one more for every time the transaction was refused
   * @param lease what else must hold of the manifest
   */
  List<Write> writes(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      List<Tag> tags,
      Caller caller,
      int attempt,
      Condition lease) {
    var writes = new ArrayList<Write>();
    var unchanged =
        Condition.all(
            Condition.is(ManifestRecord.STATE, manifest.state().name()),
            Condition.is(ManifestRecord.PARENTS, 0),
            manifest.sameTags(),
            lease);
    writes.add(new Write.Delete(Keys.manifest(repository, digest), unchanged));
    writes.add(new Write.Delete(Keys.manifestBody(repository, digest), Condition.NONE));
    writes.addAll(remains(repository, digest, manifest, tags, caller, attempt));
    writes.addAll(audited(repository, digest, caller));
    for (var tag : tags) {
      var before =
          environment
              .metadata()
              .get(Keys.tag(repository, tag), Consistency.STRONG)
              .map(TagRecord::of);
      long newest = history.newestAfter(attempt, repository, tag);
      writes.addAll(new TagMove(environment, repository, tag, before, caller, newest).away());
    }
    manifest.children().forEach(child -> writes.add(child.uncount(repository, environment)));
    return writes;
  }

  /** What the audit log says of it, as soon as nobody can see it any more. */
  List<Write> audited(RepositoryName repository, Digest digest, Caller caller) {
    return AuditEntry.of(
        environment, caller, "delete manifest", repository, Optional.empty(), digest);
  }

  /** What is left of it: a tombstone, and nothing at its subject. */
  List<Write> remains(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      List<Tag> tags,
      Caller caller,
      int attempt) {
    var writes = new ArrayList<Write>();
    writes.add(Write.create(tombstone(repository, digest, manifest, tags, caller, attempt)));
    manifest
        .subject()
        .ifPresent(
            subject -> {
              var type = manifest.artifactType().orElse("");
              var key = Keys.referrer(repository, subject, type, digest);
              writes.add(new Write.Delete(key, Condition.NONE));
            });
    return writes;
  }

  private Item tombstone(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      List<Tag> tags,
      Caller caller,
      int attempt) {
    // A manifest may be pushed and deleted twice at one moment of the clock.
    long atMillis = environment.clock().millis() + attempt;
    var key = Keys.tombstone(repository, atMillis, digest);
    var item =
        Item.at(key)
            .with(ManifestRecord.MEDIA_TYPE, manifest.mediaType().text())
            .with(ManifestRecord.SIZE, manifest.sizeBytes())
            .with(TombstoneRecord.BY, caller.name())
            .with(TombstoneRecord.AT, environment.nowSeconds());
    if (!tags.isEmpty()) {
      item.with(
          ManifestRecord.TAG_NAMES,
          new Value.Names(new TreeSet<>(tags.stream().map(Tag::text).toList())));
    }
    var body = manifest.inlineBody().or(() -> ownRecord(repository, digest, manifest));
    body.ifPresent(small -> item.with(ManifestRecord.BODY, Value.of(small)));
    manifest.bodyObject().ifPresent(o -> item.with(ManifestRecord.BODY_OBJECT, o.text()));
    long expiresAt = environment.inSeconds(environment.settings().trashLife());
    item.with(TombstoneRecord.EXPIRES_AT, expiresAt);
    // Looked at soon, for what referred to the manifest; and again when its time is over.
    return Hint.on(item, Hint.Kind.TOMBSTONE, key, environment.nowSeconds()).build();
  }

  private Optional<byte[]> ownRecord(
      RepositoryName repository, Digest digest, ManifestRecord manifest) {
    return manifest.bodyObject().isPresent()
        ? Optional.empty()
        : environment
            .metadata()
            .get(Keys.manifestBody(repository, digest), Consistency.STRONG)
            .flatMap(own -> own.bytesIfAny(ManifestRecord.BODY));
  }
}
