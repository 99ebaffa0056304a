package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.UploadSession.State;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Query;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes blobs of what direct PUTs brought. No function sees such a PUT, so whoever misses a blob
 * looks for its object and claims it. That the session is still fresh, in the same transaction that
 * deletes it, is the whole proof: its keys were never named by anything, so the bytes are there,
 * and each can be claimed once, ever ({@code spec/DirectPut}, rules D3 and D5).
 */
public final class Claims {
  /** How many objects of one digest are looked at; more sessions than that never race. */
  private static final int MAX_CANDIDATES = 10;

  private final Environment environment;
  private final BlobCommit commit;

  /** Claims in these stores. */
  public Claims(Environment environment) {
    this.environment = environment;
    this.commit = new BlobCommit(environment);
  }

  /**
   * The link of a blob, claimed if a direct PUT into the repository has brought it. The link is
   * read after the sessions, whatever came of the claim: of several that claim at once one gets the
   * object, and all of them have the blob.
   */
  Optional<LinkRecord> claim(RepositoryName repository, Digest digest) {
    claimAll(repository, List.of(digest));
    return environment
        .metadata()
        .get(Keys.link(repository, digest), Consistency.STRONG)
        .map(LinkRecord::of);
  }

  /**
   * Those of some blobs that a repository does not have, though everything that direct PUTs have
   * brought was claimed likewise.
   *
   * @param digests at most 100, all different
   */
  List<Digest> missing(RepositoryName repository, List<Digest> digests) {
    if (digests.isEmpty()) {
      return List.of();
    }
    claimAll(repository, digests);
    var keys = digests.stream().map(digest -> Keys.link(repository, digest)).toList();
    var links = environment.metadata().snapshot(keys);
    return IntStream.range(0, links.size())
        .filter(i -> links.get(i).isEmpty())
        .mapToObj(digests::get)
        .toList();
  }

  private void claimAll(RepositoryName repository, List<Digest> digests) {
    var sessions = environment.metadata().query(Query.of(Keys.sessions(repository), 1));
    if (sessions.items().isEmpty()) {
      return;
    }
    for (var digest : digests) {
      for (var object :
          environment.blobs().list(Keys.directPuts(repository, digest), MAX_CANDIDATES)) {
        if (claim(repository, digest, object)) {
          break;
        }
      }
    }
  }

  private boolean claim(RepositoryName repository, Digest digest, ObjectKey object) {
    var info =
        environment
            .blobs()
            .head(object)
            .filter(found -> found.sha256().equals(Optional.of(digest)));
    var session = session(object);
    if (info.isEmpty() || session.isEmpty()) {
      return false;
    }
    var end =
        new Write.Delete(
            Keys.session(repository, session.get()),
            Condition.is(UploadSession.STATE, State.FRESH.name()));
    var offer =
        new BlobCommit.Offer(
            object,
            info.get().sizeBytes(),
            end,
            Optional.empty(),
            Optional.of(OrphanRecord.create(environment, repository, session.get())));
    return switch (commit.commit(repository, digest, offer)) {
      case LINKED -> true;
      case NOT_NEEDED -> {
        // The session was fresh until that transaction, so nothing ever named the object. Should
        // the process die here, the sweep finds it.
        environment.blobs().delete(object);
        yield true;
      }
      case SESSION_CHANGED -> false;
    };
  }

  /**
   * An object has arrived; told by the store, late, twice or never. Claims it, or deletes it when
   * nothing can name it any more.
   */
  public void arrived(RepositoryName repository, Digest digest, ObjectKey object) {
    if (!claim(repository, digest, object)) {
      removeDead(repository, digest, object);
    }
  }

  /** Deletes what a direct PUT has brought if nothing can name it any more (rule D5). */
  void removeDead(RepositoryName repository, Digest digest, ObjectKey object) {
    if (isDead(repository, digest, object)) {
      environment.blobs().delete(object);
    }
  }

  /**
   * Whether nothing names the object and nothing ever can: its session is not fresh, its blob has
   * other bytes, and it cannot be got back from the trash. All three at one moment; the verdict
   * then holds for ever.
   */
  private boolean isDead(RepositoryName repository, Digest digest, ObjectKey object) {
    var session = session(object);
    if (session.isEmpty()) {
      return false;
    }
    var keys =
        List.of(
            Keys.session(repository, session.get()), Keys.blob(digest), Keys.trash(digest, object));
    var found = environment.metadata().snapshot(keys);
    boolean fresh =
        found
            .get(0)
            .filter(u -> u.text(UploadSession.STATE).equals(State.FRESH.name()))
            .isPresent();
    boolean named =
        found.get(1).filter(b -> b.text(BlobRecord.OBJECT).equals(object.text())).isPresent();
    boolean waiting =
        found
            .get(2)
            .map(TrashRecord::of)
            .filter(t -> t.state() == TrashRecord.State.WAIT)
            .isPresent();
    return Stream.of(fresh, named, waiting).noneMatch(holds -> holds);
  }

  /** The session whose direct PUT stored an object; empty for another's. */
  static Optional<SessionId> session(ObjectKey object) {
    try {
      return Optional.of(SessionId.parse(object.lastComponent()));
    } catch (IllegalArgumentException notASession) {
      return Optional.empty();
    }
  }
}
