package dev.roadstead.registry.collect;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.OrphanSweep;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/** Uploads that ended without a blob: what their direct PUTs have left is looked for. */
public final class OrphanReview implements Review {
  private final OrphanSweep sweep;

  /** Judges orphans in these stores. */
  public OrphanReview(Environment environment) {
    this.sweep = new OrphanSweep(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.ORPHAN;
  }

  @Override
  public Verdict judge(Key candidate) {
    var due = sweep.due(candidate);
    if (due.isEmpty()) {
      return new Verdict.NotDue();
    }
    return new Verdict.Garbage(
        "its upload ended without a blob; an object that it left is looked for",
        Verdict.Freed.NOTHING,
        () -> sweep.run(due.get()));
  }
}
