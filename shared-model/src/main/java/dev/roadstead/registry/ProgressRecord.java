package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far a manifest has come that is put or deleted in more than one transaction ({@code
 * spec/StagedManifest}). It is there exactly while the manifest is half-way, so it is where helpers
 * and the collector go on.
 *
 * @param cursor how many of the manifest's children, from the first, are counted
 * @param tagNames of tags that went with it already, {@value #MAX_TAG_NAMES} at most: so many have
 *     room in its tombstone beside its body
 * @param lookAtSeconds when the collector takes it for given up, in seconds since 1970
 */
record ProgressRecord(
    Key key, Direction direction, int cursor, SortedSet<String> tagNames, long lookAtSeconds) {
  private static final int MAX_TAG_NAMES = 200;

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
        item.names(ManifestRecord.TAG_NAMES),
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

  /** Tags have gone; empty when no more of their names can be kept. */
  Optional<Write> remember(List<Tag> gone) {
    var names = new TreeSet<>(tagNames);
    gone.stream()
        .map(Tag::text)
        .limit(Math.max(0, MAX_TAG_NAMES - tagNames.size()))
        .forEach(names::add);
    if (names.equals(tagNames)) {
      return Optional.empty();
    }
    var asRead =
        tagNames.isEmpty()
            ? Condition.lacks(ManifestRecord.TAG_NAMES)
            : Condition.is(ManifestRecord.TAG_NAMES, new Value.Names(tagNames));
    return Optional.of(
        new Write.Update(
            key,
            List.of(new Change.Put(ManifestRecord.TAG_NAMES, new Value.Names(names))),
            Condition.all(unchanged(), asRead)));
  }

  /** The tags that went with it, as far as they are known. */
  List<Tag> tags() {
    return tagNames.stream().map(Tag::new).toList();
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
