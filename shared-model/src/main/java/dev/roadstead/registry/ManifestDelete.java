package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.registry.ProgressRecord.Direction;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Removes tags, and manifests with the tags they carry. What fits in one transaction happens at one
 * moment. A manifest with more tags than that is first marked as being deleted, which no new tag
 * and no new parent can pass; then its tags go in several transactions, and a crash in between is
 * repaired by deleting it again.
 */
public final class ManifestDelete {
  private static final int MAX_TRIES = 64;

  private final Environment environment;
  private final Holders holders;
  private final ManifestTags tags;
  private final ManifestRemoval removal;
  private final StagedRemoval stagedRemoval;
  private final TagRemoval tagRemoval;
  private final TagHistory history;

  /** Deletes in these stores. */
  public ManifestDelete(Environment environment) {
    this.environment = environment;
    this.holders = new Holders(environment);
    this.tags = new ManifestTags(environment);
    this.removal = new ManifestRemoval(environment);
    this.stagedRemoval = new StagedRemoval(environment);
    this.tagRemoval = new TagRemoval(environment);
    this.history = new TagHistory(environment);
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

    /** It has a tag that the caller may not delete, so it stays. */
    record Protected() implements Deletion {}

    /** It is a tag, or has one, that nobody may delete, so it stays. */
    record Immutable() implements Deletion {}
  }

  /** Removes a tag; the manifest it points to stays. */
  public Deletion untag(RepositoryName repository, Tag tag, Caller caller) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var item = environment.metadata().get(Keys.tag(repository, tag), Consistency.STRONG);
      var before = item.map(TagRecord::of);
      if (before.isEmpty()) {
        return new Deletion.Unknown();
      }
      if (tags.isImmutable(repository, tag)) {
        return new Deletion.Immutable();
      }
      long newest = history.newestAfter(attempt, repository, tag);
      var move = new TagMove(environment, repository, tag, before, caller, newest);
      var writes = new ArrayList<>(move.away());
      writes.add(move.leave(before.get().digest()));
      writes.addAll(move.audited("delete tag", before.get().digest()));
      if (happens(writes)) {
        return new Deletion.Deleted();
      }
    }
    throw new StoreException("the tag " + tag + " moves faster than it can be deleted");
  }

  /** Removes a manifest and every tag that points to it, whichever that is. */
  public Deletion delete(RepositoryName repository, Digest digest, Caller caller) {
    return delete(repository, digest, caller, Optional.empty());
  }

  /**
   * Removes a manifest and every tag that points to it, if the caller may delete all of them and
   * none is immutable. The transaction holds only for the tags that were looked at.
   */
  public Deletion delete(
      RepositoryName repository, Digest digest, Caller caller, Predicate<Tag> mayDelete) {
    return delete(repository, digest, caller, Optional.of(mayDelete));
  }

  private Deletion delete(
      RepositoryName repository, Digest digest, Caller caller, Optional<Predicate<Tag>> mayDelete) {
    boolean begun = false;
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var found = manifest(repository, digest).filter(m -> m.state() != State.STAGED);
      if (found.isEmpty()) {
        return begun ? new Deletion.Deleted() : new Deletion.Unknown();
      }
      var manifest = found.get();
      if (manifest.parents() > 0) {
        return new Deletion.InUse(holders.ofManifest(repository, digest));
      }
      var sameTags = manifest.sameTags();
      if (manifest.state() == State.LIVE && mayDelete.isPresent()) {
        var guarded = tags.guard(repository, digest, manifest);
        if (guarded.isEmpty()) {
          continue;
        }
        sameTags = guarded.get();
        var kept = tags.keep(repository, digest, manifest, mayDelete.get());
        if (kept.isPresent()) {
          return kept.get();
        }
      }
      boolean gone =
          switch (manifest.state()) {
            case LIVE -> atOnce(repository, digest, manifest, caller, sameTags, attempt);
            case DELETING -> inSteps(repository, digest, manifest, caller, attempt);
            case STAGED -> throw new IllegalStateException("nobody sees it: " + digest);
          };
      if (gone) {
        return new Deletion.Deleted();
      }
      begun = true;
    }
    throw new StoreException("the manifest " + digest + " changes faster than it can be deleted");
  }

  /**
   * Removes a manifest that has neither tag nor parent, and whose lease was not renewed since it
   * was read, in one transaction (rule R5).
   *
   * @param alsoIf what else must hold
   * @return false when it is not as it was read; then nothing happened
   */
  public boolean collect(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Optional<Write.Check> alsoIf) {
    var since = manifest.unneededSince();
    if (manifest.state() != State.LIVE || manifest.tags() > 0 || since.isEmpty()) {
      return false;
    }
    var sameLease = Condition.is(Hint.AT, since.getAsLong());
    if (!ManifestRemoval.fits(manifest)) {
      var untagged = Condition.all(sameLease, Condition.is(ManifestRecord.TAGS, 0));
      return markDeleting(repository, digest, manifest, Caller.COLLECTOR, untagged, alsoIf)
          && stagedRemoval.goOn(repository, digest, Caller.COLLECTOR, 0);
    }
    var writes =
        new ArrayList<>(
            removal.writes(
                repository, digest, manifest, List.of(), Caller.COLLECTOR, 0, sameLease));
    alsoIf.ifPresent(writes::add);
    return happens(writes);
  }

  /**
   * Ends what was begun in several steps and stands still: a deletion goes on, a put is given up.
   *
   * @return false when somebody else was faster somewhere
   */
  public boolean end(RepositoryName repository, Digest digest, Caller caller) {
    var key = Keys.progress(repository, digest);
    var progress = environment.metadata().get(key, Consistency.STRONG).map(ProgressRecord::of);
    if (progress.isEmpty()) {
      return false;
    }
    return switch (progress.get().direction()) {
      case UP ->
          happens(List.of(progress.get().turn(environment.nowSeconds())))
              && stagedRemoval.goOn(repository, digest, caller, 0);
      case DOWN ->
          delete(repository, digest, caller) instanceof Deletion.Deleted
              || stagedRemoval.goOn(repository, digest, caller, 0);
    };
  }

  /**
   * Takes a manifest that something needs out of the collector's queue, if that is still so.
   *
   * @param because what needs it, when it is neither a tag nor a parent
   */
  public boolean keep(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Optional<Write.Check> because) {
    var since = manifest.unneededSince();
    if (since.isEmpty()) {
      return false;
    }
    var pointedTo =
        Condition.any(
            Condition.above(ManifestRecord.TAGS, 0),
            Condition.above(ManifestRecord.PARENTS, 0),
            Condition.is(ManifestRecord.STATE, State.DELETING.name()));
    var writes = new ArrayList<Write>();
    writes.add(
        new Write.Update(
            Keys.manifest(repository, digest),
            Hint.clear(),
            Condition.all(
                Condition.is(Hint.AT, since.getAsLong()),
                because.isPresent() ? Condition.NONE : pointedTo)));
    because.ifPresent(writes::add);
    return happens(writes);
  }

  /** Everything in one transaction if it fits; otherwise nothing but the mark. */
  private boolean atOnce(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Caller caller,
      Condition sameTags,
      int attempt) {
    if (!ManifestRemoval.fits(manifest)) {
      markDeleting(repository, digest, manifest, caller, sameTags, Optional.empty());
      return false;
    }
    var gone = manifest.tagNames().stream().map(Tag::new).toList();
    return happens(
        removal.writes(repository, digest, manifest, gone, caller, attempt, Condition.NONE));
  }

  private boolean inSteps(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Caller caller,
      int attempt) {
    if (manifest.tags() > 0) {
      tagRemoval.run(repository, digest, caller, attempt);
      return false;
    }
    return stagedRemoval.goOn(repository, digest, caller, attempt);
  }

  /**
   * From now on its tags are found by looking at all of the repository's. If this process dies now,
   * the collector goes on.
   */
  private boolean markDeleting(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      Caller caller,
      Condition lease,
      Optional<Write.Check> alsoIf) {
    var changes =
        List.of(
            Change.put(ManifestRecord.STATE, State.DELETING.name()),
            Change.put(ManifestRecord.MANY_TAGS, 1),
            Change.remove(ManifestRecord.TAG_NAMES));
    var condition =
        Condition.all(ManifestRecord.IS_LIVE, Condition.is(ManifestRecord.PARENTS, 0), lease);
    int all = manifest.children().size();
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(Keys.manifest(repository, digest), changes, condition));
    writes.add(
        ProgressRecord.begin(repository, digest, Direction.DOWN, all, environment.nowSeconds()));
    writes.addAll(removal.audited(repository, digest, caller));
    alsoIf.ifPresent(writes::add);
    return happens(writes);
  }

  private boolean happens(List<Write> writes) {
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }

  private Optional<ManifestRecord> manifest(RepositoryName repository, Digest digest) {
    return environment
        .metadata()
        .get(Keys.manifest(repository, digest), Consistency.STRONG)
        .map(ManifestRecord::of);
  }
}
