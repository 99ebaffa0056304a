package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where tags have pointed: every move is an entry, written in the transaction that moves the tag.
 * {@value TagRecord#MAX_MOVES} of a tag are kept, its first and the last ones. A tag can be put
 * back to where it was, as long as that manifest is there.
 */
public final class TagHistory {
  /** How many entries a page has at most. */
  public static final int MAX_PAGE = 100;

  static final String BY = "by";
  static final String AT = "at";
  static final String TO = "digest";
  static final String FROM = "previous";

  private static final int MAX_TRIES = 64;

  private final Environment environment;
  private final ImmutableTags immutable;

  /** Tag history in these stores. */
  public TagHistory(Environment environment) {
    this.environment = environment;
    this.immutable = new ImmutableTags(environment);
  }

  /**
   * One move.
   *
   * @param version rises from move to move; names the entry
   * @param atSeconds since 1970
   * @param by the caller's name
   * @param from where the tag pointed before; empty when it was not there
   * @param to where it pointed after; empty when it was removed
   */
  public record Move(
      long version, long atSeconds, String by, Optional<Digest> from, Optional<Digest> to) {
    static Move of(Item item) {
      return new Move(
          Long.parseLong(item.key().sort()),
          item.number(AT),
          item.text(BY),
          item.textIfAny(FROM).map(Digest::parse),
          item.textIfAny(TO).map(Digest::parse));
    }
  }

  /** A page of moves, the oldest first; where to go on when there are more. */
  public record Listing(List<Move> moves, Optional<Long> next) {
    /** Copies the list. */
    public Listing {
      moves = List.copyOf(moves);
    }
  }

  /** What became of a wish to put a tag back. */
  public sealed interface Restoration {
    /** It points there now. */
    record Restored(Digest digest) implements Restoration {}

    /** It has no such entry, or never pointed anywhere else. */
    record NoSuchMove() implements Restoration {}

    /** It is there, and stays where it is. */
    record TagIsImmutable() implements Restoration {}

    /** Its manifest is deleted; it has to be got back first. */
    record ManifestGone(Digest digest) implements Restoration {}
  }

  /** Lists the moves of a tag, be it there or not, after this version. */
  public Listing list(RepositoryName repository, Tag tag, Optional<Long> after) {
    var query = Query.of(Keys.tagMoves(repository, tag), MAX_PAGE);
    var page =
        environment
            .metadata()
            .query(
                after.map(v -> query.after(Keys.tagMove(repository, tag, v).sort())).orElse(query));
    return new Listing(
        page.items().stream().map(Move::of).toList(), page.next().map(Long::valueOf));
  }

  /**
   * Puts a tag back.
   *
   * @param version the move after which it pointed to where it is to point again; empty: to where
   *     it pointed before its last move
   */
  public Restoration restore(
      RepositoryName repository, Tag tag, Optional<Long> version, Caller caller) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var before =
          environment
              .metadata()
              .get(Keys.tag(repository, tag), Consistency.STRONG)
              .map(TagRecord::of);
      var target =
          version
              .map(v -> move(repository, tag, v).flatMap(Move::to))
              .orElseGet(() -> newest(repository, tag, before).flatMap(Move::from));
      if (target.isEmpty()) {
        return new Restoration.NoSuchMove();
      }
      var digest = target.get();
      if (before.filter(record -> record.digest().equals(digest)).isPresent()) {
        return new Restoration.Restored(digest);
      }
      if (before.isPresent() && immutable.of(repository).test(tag)) {
        return new Restoration.TagIsImmutable();
      }
      var manifest = live(repository, digest);
      if (manifest.isEmpty()) {
        return new Restoration.ManifestGone(digest);
      }
      long newest =
          before.isPresent()
              ? newestAfter(attempt, repository, tag)
              : newestVersion(repository, tag);
      var move = new TagMove(environment, repository, tag, before, caller, newest);
      var writes = writes(move, digest, manifest.get());
      writes.addAll(move.audited("restore tag", digest));
      if (happens(writes)) {
        return new Restoration.Restored(digest);
      }
    }
    throw new StoreException("the tag " + tag + " moves faster than it can be put back");
  }

  /**
   * Gives a tag back that went with its manifest, unless it is in use.
   *
   * @return whether it points to that manifest now
   */
  boolean give(RepositoryName repository, Tag tag, Digest digest, Caller caller) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var before =
          environment
              .metadata()
              .get(Keys.tag(repository, tag), Consistency.STRONG)
              .map(TagRecord::of);
      var manifest = live(repository, digest);
      if (before.isPresent() || manifest.isEmpty()) {
        return before.filter(record -> record.digest().equals(digest)).isPresent();
      }
      var move =
          new TagMove(environment, repository, tag, before, caller, newestVersion(repository, tag));
      var writes = writes(move, digest, manifest.get());
      writes.addAll(move.audited("undelete tag", digest));
      if (happens(writes)) {
        return true;
      }
    }
    throw new StoreException("the tag " + tag + " moves faster than it can be put back");
  }

  /** The version of a tag's newest entry, be the tag there or not; 0 if it has none. */
  long newestVersion(RepositoryName repository, Tag tag) {
    return newest(repository, tag, Optional.empty()).map(Move::version).orElse(0L);
  }

  /** The same for a transaction that was refused; at the first attempt the tag itself will do. */
  long newestAfter(int refusals, RepositoryName repository, Tag tag) {
    return refusals == 0 ? 0 : newestVersion(repository, tag);
  }

  private static List<Write> writes(TagMove move, Digest digest, ManifestRecord manifest) {
    var info = new Descriptor(manifest.mediaType(), digest, manifest.sizeBytes());
    var body = manifest.inlineBody().filter(ManifestBodies::liesBesideTags);
    var writes = new ArrayList<>(move.to(info, body));
    writes.add(move.join(digest, manifest));
    move.before().ifPresent(left -> writes.add(move.leave(left.digest())));
    return writes;
  }

  private boolean happens(List<Write> writes) {
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }

  private Optional<Move> move(RepositoryName repository, Tag tag, long version) {
    return environment
        .metadata()
        .get(Keys.tagMove(repository, tag, version), Consistency.STRONG)
        .map(Move::of);
  }

  /** A tag that is there names its newest entry; of one that is not, all are looked at. */
  private Optional<Move> newest(RepositoryName repository, Tag tag, Optional<TagRecord> before) {
    if (before.isPresent()) {
      return move(repository, tag, before.get().version());
    }
    Optional<Move> newest = Optional.empty();
    Optional<Long> after = Optional.empty();
    do {
      var page = list(repository, tag, after);
      newest = page.moves().isEmpty() ? newest : Optional.of(page.moves().getLast());
      after = page.next();
    } while (after.isPresent());
    return newest;
  }

  private Optional<ManifestRecord> live(RepositoryName repository, Digest digest) {
    return environment
        .metadata()
        .get(Keys.manifest(repository, digest), Consistency.STRONG)
        .map(ManifestRecord::of)
        .filter(manifest -> manifest.state() == State.LIVE);
  }
}
