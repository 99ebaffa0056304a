package dev.roadstead.registry.collect;

import dev.roadstead.model.Caller;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.RepositoryDelete;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Write;

/**
 * Repositories that are half-way deleted: whoever began it may have died, so it is gone on with.
 * And what is left of deleted ones goes when the time to bring them back is over.
 */
public final class RepositoryReview implements Review {
  private final Environment environment;
  private final RepositoryDelete deletes;

  /** Judges repositories in these stores. */
  public RepositoryReview(Environment environment) {
    this.environment = environment;
    this.deletes = new RepositoryDelete(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.REPOSITORY;
  }

  @Override
  public Verdict judge(Key candidate) {
    var found = DueItem.read(environment, candidate);
    if (found.isEmpty()) {
      return new Verdict.NotDue();
    }
    var repository = Keys.repositoryOf(candidate);
    if (candidate.equals(Keys.repository(repository))) {
      return new Verdict.Garbage(
          "its deletion is not finished",
          Verdict.Freed.NOTHING,
          () -> deletes.delete(repository, Caller.COLLECTOR) == RepositoryDelete.Progress.DELETED);
    }
    var sameTime = Condition.is(Hint.AT, found.get().number(Hint.AT));
    return new Verdict.Garbage(
        "the time to bring it back is over",
        Verdict.Freed.NOTHING,
        () ->
            environment.metadata().write(new Write.Delete(candidate, sameTime))
                instanceof Outcome.Done);
  }
}
