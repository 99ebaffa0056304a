package dev.roadstead.registry.collect;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.ManifestDelete;
import dev.roadstead.registry.ManifestRecord;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.Optional;

/**
 * Manifests that neither a tag nor an index nor a subject keeps: when the policy lets untagged ones
 * go, they are deleted as a client would delete them, with a tombstone (rule R5). While the policy
 * is to keep them there is no such review, and the queue is not even read.
 */
public final class ManifestReview implements Review {
  private final Environment environment;
  private final Duration untagged;
  private final ManifestDelete deletes;

  /**
   * Judges manifests in these stores.
   *
   * @param untagged how long a manifest stays that nothing keeps
   */
  public ManifestReview(Environment environment, Duration untagged) {
    this.environment = environment;
    this.untagged = untagged;
    this.deletes = new ManifestDelete(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.MANIFEST;
  }

  @Override
  public long dueUntil(long nowSeconds) {
    return nowSeconds - untagged.toSeconds();
  }

  @Override
  public Verdict judge(Key candidate) {
    var found = find(candidate);
    if (found.isEmpty() || !isDue(found.get())) {
      return new Verdict.NotDue();
    }
    var manifest = found.get();
    if (manifest.state() != State.LIVE) {
      // Whoever deletes it has left a hint of its own.
      return needed("it is being deleted already", candidate, manifest, Optional.empty());
    }
    if (manifest.tags() + manifest.parents() > 0) {
      var why = "tags: %d, indexes: %d".formatted(manifest.tags(), manifest.parents());
      return needed(why, candidate, manifest, Optional.empty());
    }
    return untagged(candidate, manifest);
  }

  private Optional<ManifestRecord> find(Key key) {
    return environment.metadata().get(key, Consistency.STRONG).map(ManifestRecord::of);
  }

  private boolean isDue(ManifestRecord manifest) {
    return manifest.unneededSince().orElse(Long.MAX_VALUE) <= dueUntil(environment.nowSeconds());
  }

  /** What refers to a manifest that is there stays; the subject's tombstone queues it again. */
  private Verdict untagged(Key candidate, ManifestRecord manifest) {
    var repository = Keys.repositoryOf(candidate);
    var subject =
        manifest.subject().map(d -> Keys.manifest(repository, d)).filter(k -> !k.equals(candidate));
    if (subject.flatMap(this::find).filter(s -> s.state() == State.LIVE).isPresent()) {
      var alive = subject.map(key -> new Write.Check(key, ManifestRecord.IS_LIVE));
      return needed("its subject is there", candidate, manifest, alive);
    }
    var stillAbsent = subject.map(key -> new Write.Check(key, Condition.absent()));
    var digest = Digest.parse(candidate.sort());
    return new Verdict.Garbage(
        "no tag, index or subject keeps it",
        Verdict.Freed.condemned(1, manifest.sizeBytes()),
        () -> deletes.collect(repository, digest, manifest, stillAbsent));
  }

  private Verdict needed(
      String why, Key candidate, ManifestRecord manifest, Optional<Write.Check> because) {
    var repository = Keys.repositoryOf(candidate);
    var digest = Digest.parse(candidate.sort());
    return new Verdict.Needed(why, () -> deletes.keep(repository, digest, manifest, because));
  }
}
