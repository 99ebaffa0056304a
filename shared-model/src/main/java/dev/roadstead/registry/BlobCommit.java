package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an object a blob of a repository, and ends the session that brought it, in one transaction.
 * It has three forms: the blob is new; others have it already, so their object is linked and ours
 * goes to the trash; this repository has it already. Which one it is is guessed, and the conditions
 * decide; a wrong guess says what is right. Rules D3 and 2.2 of {@code spec/}.
 */
final class BlobCommit {
  /** How often a guess may be wrong before the store counts as too busy. */
  private static final int MAX_GUESSES = 16;

  private final Environment environment;

  BlobCommit(Environment environment) {
    this.environment = environment;
  }

  /** What became of it. */
  enum Result {
    /** The repository has the blob, and its bytes are the object that was offered. */
    LINKED,
    /** The repository has the blob, but its bytes are another object; ours is not needed. */
    NOT_NEEDED,
    /** The session was not as it had to be any more; nothing happened. */
    SESSION_CHANGED
  }

  /**
   * An object that may become a blob.
   *
   * @param endOfSession the write that ends its session, on the condition that makes it claimable
   * @param ifLinked what the trash gets when the object becomes the blob
   * @param ifNotNeeded what is recorded of it when it does not
   */
  record Offer(
      ObjectKey object,
      long sizeBytes,
      Write endOfSession,
      Optional<Item> ifLinked,
      Optional<Item> ifNotNeeded) {}

  /** What is believed of the blob until a condition says otherwise. */
  private record Belief(Optional<BlobRecord> blob, Optional<LinkRecord> link) {}

  Result commit(RepositoryName repository, Digest digest, Offer offer) {
    var belief = new Belief(Optional.empty(), Optional.empty());
    for (int guess = 0; guess < MAX_GUESSES; guess++) {
      var writes = writes(repository, digest, offer, belief);
      switch (environment.metadata().transact(new Transaction(writes))) {
        case Outcome.Done done -> {
          boolean ours = belief.blob().isEmpty() && belief.link().isEmpty();
          return ours ? Result.LINKED : Result.NOT_NEEDED;
        }
        case Outcome.Refused refused -> {
          if (refused.of(offer.endOfSession().key()).isPresent()) {
            return Result.SESSION_CHANGED;
          }
          belief = corrected(belief, refused, repository, digest);
        }
      }
    }
    throw new StoreException("the blob " + digest + " changes faster than it can be linked");
  }

  private static Belief corrected(
      Belief belief, Outcome.Refused refused, RepositoryName repository, Digest digest) {
    var blob = refused.of(Keys.blob(digest));
    var link = refused.of(Keys.link(repository, digest));
    return new Belief(
        blob.isPresent() ? blob.get().current().map(BlobRecord::of) : belief.blob(),
        link.isPresent() ? link.get().current().map(LinkRecord::of) : belief.link());
  }

  private List<Write> writes(RepositoryName repository, Digest digest, Offer offer, Belief belief) {
    var writes = new ArrayList<Write>();
    writes.add(offer.endOfSession());
    long idleUntil = environment.inSeconds(environment.settings().linkGrace());
    if (belief.link().isPresent()) {
      writes.add(touch(repository, digest, belief.link().get(), idleUntil));
    } else if (belief.blob().isPresent()) {
      var blob = belief.blob().get();
      writes.add(Write.create(LinkRecord.create(repository, digest, blob, idleUntil)));
      writes.add(oneLinkMore(digest, blob.objectKey()));
    } else {
      var blob = new BlobRecord(offer.sizeBytes(), offer.object(), 1);
      writes.add(Write.create(LinkRecord.create(repository, digest, blob, idleUntil)));
      writes.add(Write.create(blob.toItem(digest)));
    }
    boolean ours = belief.blob().isEmpty() && belief.link().isEmpty();
    var trash = ours ? offer.ifLinked() : offer.ifNotNeeded();
    trash.ifPresent(item -> writes.add(Write.create(item)));
    return writes;
  }

  /**
   * One repository more has the blob. The object is a condition: a blob may die and be born again
   * with another one between a read and this write.
   */
  static Write oneLinkMore(Digest digest, ObjectKey object) {
    return new Write.Update(
        Keys.blob(digest),
        List.of(Change.add(BlobRecord.LINKS, 1), Change.remove(BlobRecord.FENCE)),
        Condition.is(BlobRecord.OBJECT, object.text()));
  }

  /** The link is there and will be for a while: a new lease if nothing names it. */
  static Write touch(
      RepositoryName repository, Digest digest, LinkRecord link, long idleUntilSeconds) {
    var key = Keys.link(repository, digest);
    return link.refs() > 0
        ? new Write.Check(key, Condition.above(LinkRecord.REFS, 0))
        : new Write.Update(
            key,
            Hint.set(Hint.Kind.LINK, key, idleUntilSeconds),
            Condition.is(LinkRecord.REFS, link.refs()));
  }
}
