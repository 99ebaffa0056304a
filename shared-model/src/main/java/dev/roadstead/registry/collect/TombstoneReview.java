package dev.roadstead.registry.collect;

import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Tombstones;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;

/**
 * What is left of deleted manifests: first what referred to them is queued, and when their time is
 * over they go.
 */
public final class TombstoneReview implements Review {
  private final Environment environment;
  private final Tombstones tombstones;

  /** Judges tombstones in these stores. */
  public TombstoneReview(Environment environment) {
    this.environment = environment;
    this.tombstones = new Tombstones(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.TOMBSTONE;
  }

  @Override
  public Verdict judge(Key candidate) {
    long now = environment.nowSeconds();
    var found = tombstones.find(candidate).filter(t -> t.lookAtSeconds() <= now);
    if (found.isEmpty()) {
      return new Verdict.NotDue();
    }
    var tombstone = found.get();
    if (!tombstone.referrersQueued()) {
      return new Verdict.Needed(
          "it can be brought back; what referred to it is queued",
          () -> tombstones.queueReferrers(tombstone));
    }
    return new Verdict.Garbage(
        "the time to bring it back is over",
        Verdict.Freed.NOTHING,
        () -> tombstones.expire(tombstone));
  }
}
