package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Further records for one that very many pushes meet at the same moment ({@code spec/Stripes}).
 *
 * <p>A push may count at a stripe of a link instead of the link, and check a stripe of a repository
 * instead of the repository. What counts a reference off does it at the link, whatever the manifest
 * had been counted at. So a stripe never counts down, a link may be below zero, and only the sum
 * says something. Nobody decides by the sum: whoever wants to know that nothing names a link, or to
 * mark a repository, first takes the stripes away again.
 */
public final class Stripes {
  /** How many a record has, if it has any. */
  public static final int COUNT = 8;

  /** Says at the record itself that there are stripes. */
  public static final String ATTRIBUTE = "stripes";

  /** What a stripe has counted; a repository's stripes count nothing. */
  public static final String REFS = LinkRecord.REFS;

  /** The record has no stripes. */
  static final Condition NONE = Condition.lacks(ATTRIBUTE);

  private final Environment environment;

  /** Stripes in these stores. */
  public Stripes(Environment environment) {
    this.environment = environment;
  }

  static boolean has(Item record) {
    return record.has(ATTRIBUTE);
  }

  /** The stripe that this manifest uses, always the same one. */
  static Key of(Key record, Digest manifest) {
    var hex = manifest.hex();
    return Keys.stripe(record, Character.digit(hex.charAt(hex.length() - 1), 16) % COUNT);
  }

  /** Every stripe that a record may have. */
  public static List<Key> of(Key record) {
    return IntStream.range(0, COUNT).mapToObj(k -> Keys.stripe(record, k)).toList();
  }

  /**
   * Gives a link, or a repository that nobody deletes, its stripes.
   *
   * @return whether it has them now, from whomever
   */
  boolean split(Key record) {
    var found = environment.metadata().get(record, Consistency.STRONG);
    if (found.isEmpty() || has(found.get())) {
      return found.isPresent();
    }
    var writes = new ArrayList<Write>();
    // A link has no state; it is there or not.
    writes.add(
        new Write.Update(
            record,
            List.of(Change.put(ATTRIBUTE, COUNT)),
            Condition.all(RepositoryDelete.IS_ACTIVE, NONE)));
    of(record).forEach(stripe -> writes.add(Write.create(Item.at(stripe).with(REFS, 0).build())));
    return switch (environment.metadata().transact(new Transaction(writes))) {
      case Outcome.Done done -> true;
      case Outcome.Refused refused ->
          refused.of(record).flatMap(Outcome.Refusal::current).filter(Stripes::has).isPresent();
    };
  }

  /** How many manifests name a striped link, at one moment that is over; 0 if it is gone. */
  public long sum(Key link) {
    return read(link).stream().flatMap(Optional::stream).mapToLong(item -> item.number(REFS)).sum();
  }

  /**
   * Takes the stripes of a link away; their counts are the link's from then on. The collector will
   * look at the link, at the time it was to anyway if there was one: what counts references anew
   * ({@code fsck}) must see that this has happened to it.
   */
  void foldLink(RepositoryName repository, Digest digest) {
    var key = Keys.link(repository, digest);
    var records = read(key);
    if (records.getFirst().filter(Stripes::has).isEmpty()) {
      return;
    }
    var lease = records.getFirst().get().numberIfAny(Hint.AT);
    long lookAt = lease.orElse(environment.inSeconds(environment.settings().linkGrace()));
    var changes = new ArrayList<>(Hint.set(Hint.Kind.LINK, key, lookAt));
    long counted =
        records.stream()
            .skip(1)
            .flatMap(Optional::stream)
            .mapToLong(stripe -> stripe.number(REFS))
            .sum();
    changes.add(Change.add(REFS, counted));
    var sameLease =
        lease.isPresent() ? Condition.is(Hint.AT, lease.getAsLong()) : Condition.lacks(Hint.AT);
    fold(key, records, changes, sameLease);
  }

  /** Takes the stripes of a repository away. */
  void foldRepository(RepositoryName repository) {
    var key = Keys.repository(repository);
    fold(key, read(key), List.of(), Condition.NONE);
  }

  private void fold(Key record, List<Optional<Item>> records, List<Change> more, Condition alsoIf) {
    var changes = new ArrayList<>(more);
    changes.add(Change.remove(ATTRIBUTE));
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(record, changes, Condition.all(Condition.has(ATTRIBUTE), alsoIf)));
    for (int k = 0; k < COUNT; k++) {
      var asRead =
          records
              .get(k + 1)
              .map(stripe -> Condition.is(REFS, stripe.number(REFS)))
              .orElse(Condition.absent());
      writes.add(new Write.Delete(Keys.stripe(record, k), asRead));
    }
    environment.metadata().transact(new Transaction(writes)); // refused: somebody has counted
  }

  /** The record, and each of its stripes. */
  private List<Optional<Item>> read(Key record) {
    var keys = new ArrayList<Key>();
    keys.add(record);
    keys.addAll(of(record));
    return environment.metadata().snapshot(keys);
  }
}
