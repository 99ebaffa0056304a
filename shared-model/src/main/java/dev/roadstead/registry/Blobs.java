package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.net.URI;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;

/** Blobs of a repository: found, mounted from another one, deleted. */
public final class Blobs {
  private static final int MAX_TRIES = 8;

  private final Environment environment;
  private final Claims claims;
  private final Holders holders;
  private final LinkRemoval removal;

  /** Blobs in these stores. */
  public Blobs(Environment environment, Claims claims) {
    this.environment = environment;
    this.claims = claims;
    this.holders = new Holders(environment);
    this.removal = new LinkRemoval(environment);
  }

  /**
   * The blob's link, if the repository has it; claimed now, if a direct PUT has just brought it.
   */
  public Optional<LinkRecord> find(RepositoryName repository, Digest digest) {
    return read(Keys.link(repository, digest), Consistency.EVENTUAL)
        .or(() -> claims.claim(repository, digest));
  }

  /**
   * The same for a client that may be about to name the blob in a manifest: an idle link gets a new
   * lease before the answer, so that the collector leaves it alone for a while.
   */
  public Optional<LinkRecord> findForPush(RepositoryName repository, Digest digest) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var link = find(repository, digest);
      if (link.isEmpty() || !leaseIsShort(link.get()) || renew(repository, digest, link.get())) {
        return link;
      }
    }
    throw new StoreException("the link of " + digest + " changes faster than it can be renewed");
  }

  private boolean leaseIsShort(LinkRecord link) {
    long soon = environment.inSeconds(environment.settings().linkGrace().dividedBy(2));
    return link.refs() <= 0 && link.idleUntil().orElse(Long.MAX_VALUE) < soon;
  }

  private boolean renew(RepositoryName repository, Digest digest, LinkRecord link) {
    var key = Keys.link(repository, digest);
    long idleUntil = environment.inSeconds(environment.settings().linkGrace());
    var write =
        new Write.Update(
            key,
            Hint.set(Hint.Kind.LINK, key, idleUntil),
            Condition.all(Condition.has(Hint.AT), Condition.is(LinkRecord.REFS, link.refs())));
    return environment.metadata().write(write) instanceof Outcome.Done;
  }

  /** Where the bytes of a blob may be read for a while. */
  public URI readAddress(LinkRecord link) {
    return environment.blobs().readAddress(link.objectKey(), environment.settings().readLife());
  }

  /**
   * Links a blob that another repository has.
   *
   * @param from that repository; empty: any
   * @return false when it has no such blob; then it has to be uploaded
   */
  public boolean mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from) {
    if (from.equals(Optional.of(repository))) {
      return findForPush(repository, digest).isPresent();
    }
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var source = from.map(name -> find(name, digest)).orElseGet(() -> anywhere(digest));
      if (source.isEmpty()) {
        return false;
      }
      switch (link(repository, digest, source.get(), from)) {
        case Outcome.Done done -> {
          return true;
        }
        case Outcome.Refused refused -> {
          boolean isLinked = refused.of(Keys.link(repository, digest)).isPresent();
          if (isLinked && findForPush(repository, digest).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private Optional<LinkRecord> anywhere(Digest digest) {
    return environment
        .metadata()
        .get(Keys.blob(digest), Consistency.STRONG)
        .map(BlobRecord::of)
        .map(
            blob ->
                new LinkRecord(blob.sizeBytes(), blob.objectKey(), 0, OptionalLong.empty(), false));
  }

  private Outcome link(
      RepositoryName repository, Digest digest, LinkRecord source, Optional<RepositoryName> from) {
    long idleUntil = environment.inSeconds(environment.settings().linkGrace());
    var blob = new BlobRecord(source.sizeBytes(), source.objectKey(), 1);
    var writes = new ArrayList<Write>();
    writes.add(Write.create(LinkRecord.create(repository, digest, blob, idleUntil)));
    writes.add(BlobCommit.oneLinkMore(digest, source.objectKey()));
    from.ifPresent(
        name ->
            writes.add(
                new Write.Check(
                    Keys.link(name, digest),
                    Condition.is(LinkRecord.OBJECT, source.objectKey().text()))));
    return environment.metadata().transact(new Transaction(writes));
  }

  /** What became of a wish to delete a blob. */
  public sealed interface Deletion {
    /** The repository has it no more. */
    record Deleted() implements Deletion {}

    /** It had no such blob. */
    record Unknown() implements Deletion {}

    /**
     * A manifest names it, so it stays.
     *
     * @param holder one of them; empty when it was not found among those that were looked at
     */
    record InUse(Optional<Digest> holder) implements Deletion {}
  }

  /** Takes a blob out of a repository that nothing in it names. */
  public Deletion delete(RepositoryName repository, Digest digest, Caller caller) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var link = find(repository, digest);
      if (link.isEmpty()) {
        return new Deletion.Unknown();
      }
      if (link.get().refs() > 0) {
        return new Deletion.InUse(holders.ofBlob(repository, digest));
      }
      if (unlink(repository, digest, link.get(), caller)) {
        return new Deletion.Deleted();
      }
    }
    throw new StoreException("the blob " + digest + " changes faster than it can be deleted");
  }

  private boolean unlink(RepositoryName repository, Digest digest, LinkRecord link, Caller caller) {
    return environment
        .metadata()
        .get(Keys.blob(digest), Consistency.STRONG)
        .map(BlobRecord::of)
        .filter(blob -> removal.delete(repository, digest, link, blob, caller))
        .isPresent();
  }

  private Optional<LinkRecord> read(Key key, Consistency consistency) {
    return environment.metadata().get(key, consistency).map(LinkRecord::of);
  }
}
