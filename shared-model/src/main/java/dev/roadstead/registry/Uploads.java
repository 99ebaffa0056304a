package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.AppendResult.Accepted;
import dev.roadstead.registry.BlobCommit.Offer;
import dev.roadstead.registry.ChunkIntake.Intake;
import dev.roadstead.registry.UploadSession.State;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.Optional;

/**
 * Upload sessions, from POST to blob (distribution spec, "Pushing blobs"; {@code
 * spec/UploadSession}). Every step is one conditional write, so any number of clients may work on
 * one session, and any of them may die at any moment.
 */
public final class Uploads {
  /** How often one request tries again when another one is faster. */
  private static final int MAX_TRIES = 8;

  private final Environment environment;
  private final ChunkIntake intake;
  private final Assembly assembly;
  private final BlobCommit commit;

  /** Uploads into these stores. */
  public Uploads(Environment environment) {
    this.environment = environment;
    var pieces = new PieceStore(environment.blobs());
    this.intake = new ChunkIntake(environment, pieces);
    this.assembly = new Assembly(environment, pieces, intake);
    this.commit = new BlobCommit(environment);
  }

  /**
   * Begins an upload.
   *
   * @param algorithm what chunks are hashed with, if the client has said it
   */
  public SessionId start(RepositoryName repository, Optional<HashAlgorithm> algorithm) {
    var id = new SessionId(environment.ids().next());
    long expiresAt = environment.inSeconds(environment.settings().sessionLife());
    var item = UploadSession.create(repository, id, algorithm, expiresAt);
    if (environment.metadata().write(Write.create(item)) instanceof Outcome.Refused) {
      throw new IllegalStateException("an identity was given out twice: " + id);
    }
    return id;
  }

  /** Adds a chunk to an upload. */
  public AppendResult append(RepositoryName repository, SessionId id, Chunk chunk) {
    return switch (intake.take(repository, id, Optional.empty(), chunk)) {
      case Intake.NotTaken(var reason) -> reason;
      case Intake.Taken(var session, var last) ->
          intake.record(session, last)
              ? new Accepted(last.offsetBytes())
              : intake.whyNot(repository, id);
    };
  }

  /** Adds a last chunk and makes the upload a blob, if it is what the digest says. */
  public FinishResult finish(
      RepositoryName repository, SessionId id, Digest digest, Chunk lastChunk) {
    return switch (intake.take(repository, id, Optional.of(digest.algorithm()), lastChunk)) {
      case Intake.NotTaken(var reason) -> notTaken(repository, id, digest, reason);
      case Intake.Taken(var session, var last) -> {
        var whole = session.with(last);
        var result = whole.isOneObject() ? toBlob(whole, digest) : new FinishResult.Overtaken();
        if (!(result instanceof FinishResult.Overtaken)) {
          yield result;
        }
        yield intake.record(session, last)
            ? finish(repository, id, digest)
            : notTaken(repository, id, digest, intake.whyNot(repository, id));
      }
    };
  }

  /** A last chunk that is not taken may be a repeat: then what it wanted is done, or being done. */
  private FinishResult notTaken(
      RepositoryName repository, SessionId id, Digest digest, AppendResult reason) {
    return switch (reason) {
      case AppendResult.Closing closing -> finish(repository, id, digest);
      case AppendResult.Unknown unknown -> settled(repository, digest);
      case AppendResult.OutOfOrder o -> new FinishResult.NotTaken(o);
      case AppendResult.WrongLength w -> new FinishResult.NotTaken(w);
      case AppendResult.TooManyChunks t -> new FinishResult.NotTaken(t);
      case Accepted a -> throw new IllegalStateException("not a refusal: " + a);
    };
  }

  /** Makes what was uploaded a blob, if it is what the digest says. */
  public FinishResult finish(RepositoryName repository, SessionId id, Digest digest) {
    FinishResult result = new FinishResult.Overtaken();
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var session = find(repository, id);
      if (session.isEmpty()) {
        return settled(repository, digest);
      }
      result = toBlob(session.get(), digest);
      if (!(result instanceof FinishResult.Overtaken)) {
        return result;
      }
    }
    return result;
  }

  /**
   * The session is gone. If the blob is there, this is an answer that was lost and is asked for
   * again, or a client that was overtaken by itself: it has what it wanted.
   */
  private FinishResult settled(RepositoryName repository, Digest digest) {
    return environment.metadata().get(Keys.link(repository, digest), Consistency.STRONG).isPresent()
        ? new FinishResult.Created()
        : new FinishResult.NotTaken(new AppendResult.Unknown());
  }

  private FinishResult toBlob(UploadSession session, Digest digest) {
    boolean empty = session.offsetBytes() == 0;
    var hash = empty ? UploadHash.start(Optional.of(digest.algorithm())) : session.hash();
    var actual = hash.hex(digest.algorithm());
    if (actual.isEmpty()) {
      return new FinishResult.OtherAlgorithm();
    }
    if (!actual.get().equals(digest.hex())) {
      return abandon(session)
          ? new FinishResult.WrongDigest(actual.get())
          : new FinishResult.Overtaken();
    }
    return assembly
        .assemble(session, digest)
        .map(assembled -> commit(assembled, digest))
        .orElseGet(FinishResult.Overtaken::new);
  }

  private FinishResult commit(Assembly.Assembled assembled, Digest digest) {
    var session = assembled.session();
    var end = new Write.Delete(session.key(), session.untouched());
    var leftovers =
        session.hasLeftovers()
            ? Optional.of(trash(session, Optional.of(assembled.object())))
            : Optional.<Item>empty();
    var everything = Optional.of(trash(session, Optional.empty()));
    var offer = new Offer(assembled.object(), session.offsetBytes(), end, leftovers, everything);
    return switch (commit.commit(session.repository(), digest, offer)) {
      case LINKED, NOT_NEEDED -> new FinishResult.Created();
      case SESSION_CHANGED -> new FinishResult.Overtaken();
    };
  }

  /**
   * How far an upload has come.
   *
   * @param fresh whether no chunk was ever tried, so that a direct PUT may still become its blob
   */
  public record Status(long offsetBytes, boolean fresh) {}

  /** How far an upload has come; empty when there is no such session. */
  public Optional<Status> status(RepositoryName repository, SessionId id) {
    return find(repository, id)
        .map(session -> new Status(session.offsetBytes(), session.state() == State.FRESH));
  }

  /** Ends an upload for good; false when there is no such session. */
  public boolean cancel(RepositoryName repository, SessionId id) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var session = find(repository, id);
      if (session.isEmpty()) {
        return false;
      }
      if (abandon(session.get())) {
        return true;
      }
    }
    return false;
  }

  /** Ends an upload that has stood still past its life; false when it has not, or is gone. */
  public boolean expire(RepositoryName repository, SessionId id) {
    return find(repository, id)
        .filter(session -> session.expiresAtSeconds() <= environment.nowSeconds())
        .map(this::abandon)
        .orElse(false);
  }

  private boolean abandon(UploadSession session) {
    var end = new Write.Delete(session.key(), session.untouched());
    var leftovers =
        session.state() == State.FRESH
            ? OrphanRecord.create(environment, session.repository(), session.id())
            : trash(session, Optional.empty());
    var transaction = Transaction.of(end, Write.create(leftovers));
    return environment.metadata().transact(transaction) instanceof Outcome.Done;
  }

  private Item trash(UploadSession session, Optional<ObjectKey> kept) {
    // Not sooner than any writer of this session can still be at work.
    long purgeAt = environment.inSeconds(environment.settings().sessionLife());
    return TrashRecord.session(
        session.id(), session.attempts(), session.multipart(), kept, purgeAt);
  }

  private Optional<UploadSession> find(RepositoryName repository, SessionId id) {
    return environment
        .metadata()
        .get(Keys.session(repository, id), Consistency.STRONG)
        .map(item -> UploadSession.of(repository, item));
  }
}
