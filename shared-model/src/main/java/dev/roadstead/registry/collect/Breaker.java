package dev.roadstead.registry.collect;

import dev.roadstead.model.Caller;
import dev.roadstead.registry.AuditEntry;
import dev.roadstead.registry.CollectionLimits;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stops the collector when it would take too much on one day, whatever the reason: a policy that
 * matches everything, or a defect of ours. It then stands still until somebody has looked and says
 * so. Every object is admitted before it is condemned, so a crash errs on the careful side.
 *
 * <p>The limit is a share of the blobs there are. Counting those costs in proportion to the
 * registry, so it is done on no day on which fewer than the least limit are condemned, and once on
 * any other.
 */
public final class Breaker {
  private static final int MAX_TRIES = 16;

  private final Environment environment;
  private final CollectionLimits limits;
  private final BlobCount count;

  /** Guards this registry. */
  public Breaker(Environment environment) {
    this.environment = environment;
    this.limits = environment.settings().collectionLimits();
    this.count = new BlobCount(environment);
  }

  /** What the collector knows of itself; empty when it has condemned nothing yet. */
  public Optional<CollectorRecord> state() {
    return environment
        .metadata()
        .get(Keys.collector(), Consistency.STRONG)
        .map(CollectorRecord::of);
  }

  /**
   * Admits objects to be condemned, as many as asked for or none; with none the collector stands
   * still from now on.
   */
  boolean admit(int objects) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var write =
          new Write.Update(
              Keys.collector(),
              List.of(Change.add(CollectorRecord.LEFT, -objects)),
              Condition.all(
                  Condition.is(CollectorRecord.DAY, today()),
                  Condition.lacks(CollectorRecord.STOPPED_AT),
                  Condition.above(CollectorRecord.LEFT, objects - 1L)));
      var outcome = environment.metadata().write(write);
      if (outcome instanceof Outcome.Refused(var refusals)) {
        var before = refusals.getFirst().current().map(CollectorRecord::of);
        if (before.filter(state -> state.stoppedAtSeconds().isPresent()).isPresent()) {
          return false;
        }
        replace(before);
      } else {
        return true;
      }
    }
    throw new StoreException("the collector's record changes faster than it can be read");
  }

  /** A new day, or a better limit, or the end. */
  private void replace(Optional<CollectorRecord> before) {
    var state = before.filter(s -> s.day() == today());
    var next =
        state
            .map(s -> s.counted() ? stopped(s) : counted(s))
            .orElseGet(() -> CollectorRecord.begin(today(), limits.least()));
    var condition = before.map(CollectorRecord::unchanged).orElse(Condition.absent());
    environment.metadata().write(new Write.Put(next.toItem(), condition)); // refused: look again
  }

  private CollectorRecord stopped(CollectorRecord state) {
    return new CollectorRecord(
        state.day(),
        state.condemned(),
        state.limit(),
        true,
        OptionalLong.of(environment.nowSeconds()));
  }

  private CollectorRecord counted(CollectorRecord state) {
    long limit = Math.max(state.limit(), limits.of(count.upTo(limits.enoughBlobs())));
    return new CollectorRecord(
        state.day(), state.condemned(), limit, true, state.stoppedAtSeconds());
  }

  /**
   * Somebody has looked and wants the collector to go on: it gets another day's worth. False when
   * it does not stand still.
   */
  public boolean acknowledge(Caller caller) {
    var state = state().filter(s -> s.stoppedAtSeconds().isPresent());
    if (state.isEmpty()) {
      return false;
    }
    long limit = Math.max(state.get().limit(), limits.least());
    var next = CollectorRecord.begin(today(), limit);
    var writes = new ArrayList<Write>();
    writes.add(new Write.Put(next.toItem(), state.get().unchanged()));
    writes.addAll(AuditEntry.of(environment, caller, "acknowledge collection"));
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }

  private long today() {
    return Duration.ofSeconds(environment.nowSeconds()).toDays();
  }
}
