package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Stripes;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges the links and repositories that are spread over stripes. Whatever is wrong with one, its
 * stripes go first, and what they counted comes to the record itself: then it is judged as any
 * other is.
 */
final class StripeJudge {
  private static final Value ALL = Value.of(Stripes.COUNT);

  private final Run run;

  StripeJudge(Run run) {
    this.run = run;
  }

  void judge() {
    var spread = new LinkedHashMap<Key, Optional<Item>>();
    Stream.of(Kind.LINK, Kind.REPOSITORY)
        .flatMap(kind -> run.census().all(kind).values().stream())
        .filter(item -> isSpread(run.census(), item))
        .forEach(item -> spread.put(item.key(), Optional.of(item)));
    run.census()
        .all(Kind.STRIPE)
        .values()
        .forEach(item -> spread.putIfAbsent(record(item.key()), Optional.empty()));
    spread.forEach(this::judge);
  }

  /** Whether a record has stripes, or says so. */
  static boolean isSpread(Census census, Item record) {
    return record.has(Stripes.ATTRIBUTE) || !stripes(census, record.key()).isEmpty();
  }

  private static Map<Key, Item> stripes(Census census, Key record) {
    var found = new LinkedHashMap<Key, Item>();
    if (census.all(Kind.STRIPE).isEmpty()) {
      return found;
    }
    for (int k = 0; k < Stripes.COUNT; k++) {
      var name = String.join(Kind.BETWEEN, record.partition(), "" + k, record.sort());
      census.one(Kind.STRIPE, name).ifPresent(item -> found.put(item.key(), item));
    }
    return found;
  }

  /** The record that a stripe is of. */
  private static Key record(Key stripe) {
    var repository = Keys.repositoryOf(stripe);
    var itself = Keys.repository(repository);
    return stripe.sort().equals(itself.sort())
        ? itself
        : Keys.link(repository, Digest.parse(stripe.sort()));
  }

  private void judge(Key key, Optional<Item> record) {
    var stripes = stripes(run.census(), key);
    if (record.isEmpty()) {
      stripes.forEach((stripe, item) -> belongsToNothing(key, item));
      return;
    }
    boolean whole =
        stripes.size() == Stripes.COUNT
            && ALL.equals(record.get().attributes().get(Stripes.ATTRIBUTE))
            && stripes.values().stream().allMatch(item -> count(item).isPresent());
    long counted = stripes.values().stream().mapToLong(item -> count(item).orElse(0L)).sum();
    var link = Kind.of(key).filter(named -> named.kind() == Kind.LINK);
    if (link.isPresent()) {
      link(link.get().name(), record.get(), stripes, whole, counted);
    } else if (!whole || counted != 0 || record.get().has("state")) {
      fold("repository " + Keys.repositoryOf(key), record.get(), stripes, List.of());
    }
  }

  private void belongsToNothing(Key record, Item stripe) {
    var delete = new Write.Delete(stripe.key(), Farewell.same(stripe, Stripes.REFS));
    run.found(
        Stage.CLEAR,
        "stripe " + stripe.key(),
        "belongs to nothing",
        List.of(delete, new Write.Check(record, Condition.absent())));
  }

  private void link(String name, Item record, Map<Key, Item> stripes, boolean whole, long counted) {
    long naming = run.facts().naming(name);
    var own =
        record.attributes().get(Stripes.REFS) instanceof Value.Whole(long refs)
            ? Optional.of(refs)
            : Optional.<Long>empty();
    boolean exact = own.filter(refs -> refs + counted == naming).isPresent();
    if (whole && exact && !run.blobs().lost().contains(Bodies.last(name))) {
      return;
    }
    // Never too low; a number that is too high is lowered behind a fence, once the stripes are
    // gone.
    long sum = Math.max(naming, own.orElse(0L) + counted);
    long lookAt = Right.number(Optional.of(record), Hint.AT).orElse(run.lookAt());
    var changes = new ArrayList<>(Hint.set(Hint.Kind.LINK, record.key(), lookAt));
    changes.add(Change.put(Stripes.REFS, sum));
    fold("link " + name, record, stripes, changes);
  }

  private void fold(String subject, Item record, Map<Key, Item> stripes, List<Change> more) {
    var changes = new ArrayList<>(more);
    changes.add(Change.remove(Stripes.ATTRIBUTE));
    var same = Farewell.same(record, Stripes.ATTRIBUTE, Stripes.REFS, Hint.QUEUE, Hint.AT);
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(record.key(), changes, same));
    for (var key : Stripes.of(record.key())) {
      writes.add(
          Optional.ofNullable(stripes.get(key))
              .<Write>map(item -> new Write.Delete(key, Farewell.same(item, Stripes.REFS)))
              .orElseGet(() -> new Write.Check(key, Condition.absent())));
    }
    run.found(Stage.RECORD, subject, "its stripes do not count what names it", writes);
  }

  private static Optional<Long> count(Item stripe) {
    return Right.number(Optional.of(stripe), Stripes.REFS);
  }
}
