package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a manifest has come that is put or deleted in more than one transaction ({@code
 * spec/StagedManifest}). It is there exactly while the manifest is half-way, so it is where helpers
 * and the collector go on.
 *
 * @param cursor how many of the manifest's children, from the first, are counted
 * @param lookAtSeconds when the collector takes it for given up, in seconds since 1970
 */
record ProgressRecord(Key key, Direction direction, int cursor, long lookAtSeconds) {
  /** Which way it goes. */
  enum Direction {
    /** Children are being counted; then the manifest is there. */
    UP,
    /** Children are being counted off; then the manifest is gone. There is no way back. */
    DOWN
  }

  private static final String DIRECTION = "direction";
  private static final String CURSOR = "cursor";

  static ProgressRecord of(Item item) {
    return new ProgressRecord(
        item.key(),
        Direction.valueOf(item.text(DIRECTION)),
        Math.toIntExact(item.number(CURSOR)),
        item.numberIfAny(Hint.AT).orElse(0));
  }

  static Write begin(
      RepositoryName repository,
      Digest digest,
      Direction direction,
      int cursor,
      long lookAtSeconds) {
    var key = Keys.progress(repository, digest);
    var item = Item.at(key).with(DIRECTION, direction.name()).with(CURSOR, cursor);
    return Write.create(Hint.on(item, Hint.Kind.STEP, key, lookAtSeconds).build());
  }

  /** Nobody was faster since this was read. */
  Condition unchanged() {
    return Condition.all(Condition.is(DIRECTION, direction.name()), Condition.is(CURSOR, cursor));
  }

  Write moveTo(int next, long nextLookAtSeconds) {
    return update(Change.put(CURSOR, next), nextLookAtSeconds, unchanged());
  }

  /** Gives up a put that stands still. */
  Write turn(long nextLookAtSeconds) {
    var stillSo = Condition.all(unchanged(), Condition.is(Hint.AT, lookAtSeconds));
    return update(Change.put(DIRECTION, Direction.DOWN.name()), nextLookAtSeconds, stillSo);
  }

  private Write update(Change change, long nextLookAtSeconds, Condition condition) {
    var changes = new ArrayList<>(Hint.set(Hint.Kind.STEP, key, nextLookAtSeconds));
    changes.add(change);
    return new Write.Update(key, List.copyOf(changes), condition);
  }

  Write end() {
    return new Write.Delete(key, unchanged());
  }
}
