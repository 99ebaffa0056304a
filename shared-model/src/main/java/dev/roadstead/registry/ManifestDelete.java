package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Removes tags, and manifests with the tags they carry. What fits in one transaction happens at one
 * moment. A manifest with more tags than that is first marked as being deleted, which no new tag
 * and no new parent can pass; then its tags go in several transactions, and a crash in between is
 * repaired by deleting it again.
 */
public final class ManifestDelete {
  private static final int MAX_TRIES = 64;
  private static final int TAGS_PER_TRANSACTION = 40;

  /** The manifest, its body, its tombstone, its entry at its subject. */
  private static final int OWN_WRITES = 4;

  private final Environment environment;
  private final Holders holders;

  /** Deletes in these stores. */
  public ManifestDelete(Environment environment) {
    this.environment = environment;
    this.holders = new Holders(environment);
  }

  /** What became of a wish to delete a manifest. */
  public sealed interface Deletion {
    /** It is not there any more. */
    record Deleted() implements Deletion {}

    /** It was not there. */
    record Unknown() implements Deletion {}

    /**
     * An index names it, so it stays.
     *
     * @param holder one of them; empty when it was not found among those that were looked at
     */
    record InUse(Optional<Digest> holder) implements Deletion {}
  }

  /** Removes a tag; the manifest it points to stays. */
  public Deletion untag(RepositoryName repository, Tag tag, Caller caller) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var before = tag(repository, tag);
      if (before.isEmpty()) {
        return new Deletion.Unknown();
      }
      var move = new TagMove(environment, repository, tag, before, caller, attempt);
      var writes = new ArrayList<>(move.away());
      writes.add(move.leave(before.get().digest()));
      if (happens(writes)) {
        return new Deletion.Deleted();
      }
    }
    throw new StoreException("the tag " + tag + " moves faster than it can be deleted");
  }

  /** Removes a manifest and every tag that points to it. */
  public Deletion delete(RepositoryName repository, Digest digest, Caller caller) {
    boolean begun = false;
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var found = manifest(repository, digest);
      if (found.isEmpty()) {
        return begun ? new Deletion.Deleted() : new Deletion.Unknown();
      }
      var manifest = found.get();
      if (manifest.parents() > 0) {
        return new Deletion.InUse(holders.ofManifest(repository, digest));
      }
      boolean gone =
          switch (manifest.state()) {
            case LIVE -> atOnce(repository, digest, manifest, caller, attempt);
            case DELETING -> inSteps(repository, digest, manifest, caller, attempt);
          };
      if (gone) {
        return new Deletion.Deleted();
      }
      begun = true;
    }
    throw new StoreException("the manifest " + digest + " changes faster than it can be deleted");
  }

  /** Everything in one transaction if it fits; otherwise nothing but the mark. */
  private boolean atOnce(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Caller caller,
      int attempt) {
    int writes = 2 * manifest.tagNames().size() + manifest.children().size() + OWN_WRITES;
    if (manifest.manyTags() || writes > Transaction.MAX_WRITES) {
      markDeleting(repository, digest);
      return false;
    }
    var tags = manifest.tagNames().stream().map(Tag::new).toList();
    return happens(removal(repository, digest, manifest, tags, caller, attempt));
  }

  private boolean inSteps(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Caller caller,
      int attempt) {
    if (manifest.tags() > 0) {
      dropTags(repository, digest, caller, attempt);
      return false;
    }
    return happens(removal(repository, digest, manifest, List.of(), caller, attempt));
  }

  private List<Write> removal(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      List<Tag> tags,
      Caller caller,
      int attempt) {
    var writes = new ArrayList<Write>();
    var unchanged =
        Condition.all(
            Condition.is(ManifestRecord.STATE, manifest.state().name()),
            Condition.is(ManifestRecord.PARENTS, 0),
            manifest.sameTags());
    writes.add(new Write.Delete(Keys.manifest(repository, digest), unchanged));
    writes.add(new Write.Delete(Keys.manifestBody(repository, digest), Condition.NONE));
    writes.add(Write.create(tombstone(repository, digest, manifest, tags, caller, attempt)));
    for (var tag : tags) {
      var before = tag(repository, tag);
      writes.addAll(new TagMove(environment, repository, tag, before, caller, attempt).away());
    }
    manifest.children().forEach(child -> writes.add(uncount(repository, child)));
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
    var item =
        Item.at(Keys.tombstone(repository, atMillis, digest))
            .with(ManifestRecord.MEDIA_TYPE, manifest.mediaType().text())
            .with(ManifestRecord.SIZE, manifest.sizeBytes())
            .with("by", caller.name())
            .with("at", environment.nowSeconds());
    if (!tags.isEmpty()) {
      item.with(
          ManifestRecord.TAG_NAMES,
          new Value.Names(new TreeSet<>(tags.stream().map(Tag::text).toList())));
    }
    var body = manifest.inlineBody().or(() -> ownRecord(repository, digest, manifest));
    body.ifPresent(small -> item.with(ManifestRecord.BODY, Value.of(small)));
    manifest.bodyObject().ifPresent(o -> item.with(ManifestRecord.BODY_OBJECT, o.text()));
    return item.build();
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

  /** One reference less to a child: it becomes a candidate, and the collector counts again. */
  private Write uncount(RepositoryName repository, Child child) {
    var key = child.key(repository);
    var settings = environment.settings();
    var counter =
        switch (child.kind()) {
          case BLOB -> LinkRecord.REFS;
          case MANIFEST -> ManifestRecord.PARENTS;
        };
    var hint =
        switch (child.kind()) {
          case BLOB -> Hint.set(Hint.Kind.LINK, key, environment.inSeconds(settings.linkGrace()));
          case MANIFEST ->
              Hint.set(Hint.Kind.MANIFEST, key, environment.inSeconds(settings.manifestGrace()));
        };
    var changes = new ArrayList<>(hint);
    changes.add(Change.add(counter, -1));
    return new Write.Update(key, changes, Condition.above(counter, 0));
  }

  /** From now on its tags are found by looking at all of the repository's. */
  private void markDeleting(RepositoryName repository, Digest digest) {
    var key = Keys.manifest(repository, digest);
    var changes = new ArrayList<>(Hint.set(Hint.Kind.MANIFEST, key, environment.nowSeconds()));
    changes.add(Change.put(ManifestRecord.STATE, State.DELETING.name()));
    changes.add(Change.put(ManifestRecord.MANY_TAGS, 1));
    changes.add(Change.remove(ManifestRecord.TAG_NAMES));
    var condition = Condition.all(ManifestRecord.IS_LIVE, Condition.is(ManifestRecord.PARENTS, 0));
    environment.metadata().write(new Write.Update(key, changes, condition));
  }

  private void dropTags(RepositoryName repository, Digest digest, Caller caller, int attempt) {
    var next = Optional.of(Query.of(Keys.tags(repository), TAGS_PER_TRANSACTION));
    while (next.isPresent()) {
      var query = next.get();
      var page = environment.metadata().query(query);
      var writes = new ArrayList<Write>();
      for (var item : page.items()) {
        var before = TagRecord.of(item);
        if (before.digest().equals(digest)) {
          var tag = new Tag(item.key().sort());
          writes.addAll(
              new TagMove(environment, repository, tag, Optional.of(before), caller, attempt)
                  .away());
        }
      }
      if (!writes.isEmpty()) {
        writes.add(fewerTags(repository, digest, writes.size() / 2));
        happens(writes); // refused: one of them has moved; the next round looks again
      }
      next = page.next().map(query::after);
    }
  }

  private static Write fewerTags(RepositoryName repository, Digest digest, int tags) {
    return new Write.Update(
        Keys.manifest(repository, digest),
        List.of(Change.add(ManifestRecord.TAGS, -tags)),
        Condition.above(ManifestRecord.TAGS, tags - 1));
  }

  private boolean happens(List<Write> writes) {
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }

  private Optional<TagRecord> tag(RepositoryName repository, Tag tag) {
    return environment
        .metadata()
        .get(Keys.tag(repository, tag), Consistency.STRONG)
        .map(TagRecord::of);
  }

  private Optional<ManifestRecord> manifest(RepositoryName repository, Digest digest) {
    return environment
        .metadata()
        .get(Keys.manifest(repository, digest), Consistency.STRONG)
        .map(ManifestRecord::of);
  }
}
