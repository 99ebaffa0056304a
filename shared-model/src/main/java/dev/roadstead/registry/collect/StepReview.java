package dev.roadstead.registry.collect;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.ManifestDelete;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/**
 * Manifests that are put or deleted in several steps and stand still: a deletion is gone on with, a
 * put is given up.
 */
public final class StepReview implements Review {
  private final Environment environment;
  private final ManifestDelete deletes;

  /** Judges manifests in these stores. */
  public StepReview(Environment environment) {
    this.environment = environment;
    this.deletes = new ManifestDelete(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.STEP;
  }

  @Override
  public Verdict judge(Key candidate) {
    if (DueItem.read(environment, candidate).isEmpty()) {
      return new Verdict.NotDue();
    }
    var repository = Keys.repositoryOf(candidate);
    var digest = Digest.parse(candidate.sort());
    return new Verdict.Garbage(
        "it is half-way put or deleted, and stands still",
        Verdict.Freed.NOTHING,
        () -> deletes.end(repository, digest, Caller.COLLECTOR));
  }
}
