package dev.roadstead.registry.collect;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.ManifestDelete;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/** Manifests whose deletion takes several steps and was cut short: it is gone on with. */
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
    if (environment.metadata().get(candidate, Consistency.STRONG).isEmpty()) {
      return new Verdict.NotDue();
    }
    var repository = Keys.repositoryOf(candidate);
    var digest = Digest.parse(candidate.sort());
    return new Verdict.Garbage(
        "its deletion was cut short",
        Verdict.Freed.NOTHING,
        () ->
            deletes.delete(repository, digest, Caller.COLLECTOR)
                instanceof ManifestDelete.Deletion.Deleted);
  }
}
