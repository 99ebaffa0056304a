package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.TrashRecord.Reason;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.List;

/**
 * Takes a blob out of a repository, in one transaction: the link goes, and with the last link the
 * blob goes to the trash. That nothing names the blob is a condition of that transaction; whatever
 * was read before it decides nothing (rule R4 of {@code spec/RegistryGC}).
 */
public final class LinkRemoval {
  private final Environment environment;

  /** Removes links in these stores. */
  public LinkRemoval(Environment environment) {
    this.environment = environment;
  }

  /** Because somebody wants it; false when link or blob are not as they were read. */
  boolean remove(
      RepositoryName repository, Digest digest, LinkRecord link, BlobRecord blob, Reason reason) {
    return remove(repository, digest, link, blob, reason, Condition.NONE);
  }

  /**
   * Because nothing has named it for a while; false also when its lease was renewed since it was
   * read.
   */
  public boolean collect(
      RepositoryName repository, Digest digest, LinkRecord link, BlobRecord blob) {
    var sameLease = Condition.is(Hint.AT, link.idleUntil().orElseThrow());
    return remove(repository, digest, link, blob, Reason.COLLECTED, sameLease);
  }

  /** Takes a link that manifests name out of the collector's queue, if that is still so. */
  public boolean keep(RepositoryName repository, Digest digest, LinkRecord link) {
    var stillNamed =
        Condition.all(
            Condition.above(LinkRecord.REFS, 0),
            Condition.is(Hint.AT, link.idleUntil().orElseThrow()));
    var write = new Write.Update(Keys.link(repository, digest), Hint.clear(), stillNamed);
    return environment.metadata().write(write) instanceof Outcome.Done;
  }

  private boolean remove(
      RepositoryName repository,
      Digest digest,
      LinkRecord link,
      BlobRecord blob,
      Reason reason,
      Condition lease) {
    var dropLink =
        new Write.Delete(
            Keys.link(repository, digest), Condition.all(Condition.is(LinkRecord.REFS, 0), lease));
    var sameObject = Condition.is(BlobRecord.OBJECT, link.objectKey().text());
    if (blob.links() > 1) {
      var oneLess =
          new Write.Update(
              Keys.blob(digest),
              List.of(Change.add(BlobRecord.LINKS, -1), Change.remove(BlobRecord.FENCE)),
              Condition.all(sameObject, Condition.above(BlobRecord.LINKS, 1)));
      return happens(Transaction.of(dropLink, oneLess));
    }
    var last =
        new Write.Delete(
            Keys.blob(digest), Condition.all(sameObject, Condition.is(BlobRecord.LINKS, 1)));
    long purgeAt = environment.inSeconds(environment.settings().trashLife());
    var trash = TrashRecord.blob(digest, blob, repository, reason, purgeAt);
    return happens(Transaction.of(dropLink, last, Write.create(trash)));
  }

  private boolean happens(Transaction transaction) {
    return environment.metadata().transact(transaction) instanceof Outcome.Done;
  }
}
