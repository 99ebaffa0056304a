package dev.roadstead.registry.collect;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Purge;
import dev.roadstead.registry.TrashRecord;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/** The trash: what has waited long enough is deleted for good (rule R6). */
public final class TrashReview implements Review {
  private final Environment environment;
  private final Purge purge;

  /** Judges trash in these stores. */
  public TrashReview(Environment environment) {
    this.environment = environment;
    this.purge = new Purge(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.TRASH;
  }

  @Override
  public Verdict judge(Key candidate) {
    long now = environment.nowSeconds();
    var found =
        environment
            .metadata()
            .get(candidate, Consistency.STRONG)
            .map(TrashRecord::of)
            .filter(trash -> trash.purgeAtSeconds() <= now);
    if (found.isEmpty()) {
      return new Verdict.NotDue();
    }
    var trash = found.get();
    return new Verdict.Garbage(
        switch (trash.reason()) {
          case DELETED -> "it was deleted, and has waited long enough";
          case COLLECTED -> "nothing named it, and it has waited long enough";
          case MANIFEST_BODY -> "it is the body of no manifest";
          case UPLOAD_SESSION -> "it is what an upload has left";
        },
        Verdict.Freed.purged(1, trash.sizeBytes()),
        () -> purge.run(trash));
  }
}
