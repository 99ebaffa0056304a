package dev.roadstead.registry;

import dev.roadstead.model.Caller;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a blob out of a repository, in one transaction: the link goes, and with the last link the
 * blob goes to the trash. That nothing names the blob is a condition of that transaction; whatever
 * was read before it decides nothing (rule R4 of {@code spec/RegistryGC}).
 */
public final class LinkRemoval {
  private final Environment environment;
  private final Stripes stripes;

  /** Removes links in these stores. */
  public LinkRemoval(Environment environment) {
    this.environment = environment;
    this.stripes = new Stripes(environment);
  }

  /** Because somebody wants it; false when link or blob are not as they were read. */
  boolean delete(
      RepositoryName repository, Digest digest, LinkRecord link, BlobRecord blob, Caller caller) {
    var audited =
        AuditEntry.of(environment, caller, "delete blob", repository, Optional.empty(), digest);
    return remove(repository, digest, link, blob, Condition.NONE, Reason.DELETED, audited);
  }

  /** Because somebody wants the whole repository away, which was noted when that began. */
  boolean deleteWithAll(
      RepositoryName repository, Digest digest, LinkRecord link, BlobRecord blob) {
    return remove(repository, digest, link, blob, Condition.NONE, Reason.DELETED, List.of());
  }

  /**
   * Because nothing has named it for a while; false also when its lease was renewed since it was
   * read.
   */
  public boolean collect(
      RepositoryName repository, Digest digest, LinkRecord link, BlobRecord blob) {
    var sameLease = Condition.is(Hint.AT, link.idleUntil().orElseThrow());
    return remove(repository, digest, link, blob, sameLease, Reason.COLLECTED, List.of());
  }

  /** Takes a link that manifests name out of the collector's queue, if that is still so. */
  public boolean keep(RepositoryName repository, Digest digest, LinkRecord link) {
    fold(repository, digest, link);
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
      Condition lease,
      Reason reason,
      List<Write> audited) {
    fold(repository, digest, link);
    var unnamed = Condition.all(Condition.is(LinkRecord.REFS, 0), Stripes.NONE, lease);
    var dropLink = new Write.Delete(Keys.link(repository, digest), unnamed);
    var sameObject = Condition.is(BlobRecord.OBJECT, link.objectKey().text());
    if (blob.links() > 1) {
      var oneLess =
          new Write.Update(
              Keys.blob(digest),
              List.of(Change.add(BlobRecord.LINKS, -1), Change.remove(BlobRecord.FENCE)),
              Condition.all(sameObject, Condition.above(BlobRecord.LINKS, 1)));
      return happens(audited, dropLink, oneLess);
    }
    var last =
        new Write.Delete(
            Keys.blob(digest), Condition.all(sameObject, Condition.is(BlobRecord.LINKS, 1)));
    long purgeAt = environment.inSeconds(environment.settings().trashLife());
    var trash = TrashRecord.blob(digest, blob, repository, reason, purgeAt);
    return happens(audited, dropLink, last, Write.create(trash));
  }

  /** Only of a link without stripes its own record says how many name it. */
  private void fold(RepositoryName repository, Digest digest, LinkRecord link) {
    if (link.striped()) {
      stripes.foldLink(repository, digest);
    }
  }

  private boolean happens(List<Write> audited, Write... writes) {
    var all = Stream.concat(Stream.of(writes), audited.stream()).toList();
    return environment.metadata().transact(new Transaction(all)) instanceof Outcome.Done;
  }
}
