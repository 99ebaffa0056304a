package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.UploadSession.State;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Makes what a session has accepted one object. Where it is one object already, nothing is done.
 * Where there are parts, the session is closed first, because completing cannot be taken back: from
 * then on it can only become this blob, and whoever asks again finishes what a crash left half
 * done.
 */
final class Assembly {
  private final Environment environment;
  private final PieceStore pieces;
  private final ChunkIntake intake;

  Assembly(Environment environment, PieceStore pieces, ChunkIntake intake) {
    this.environment = environment;
    this.pieces = pieces;
    this.intake = intake;
  }

  /**
   * One object with everything in it.
   *
   * @param session as it is in the store now
   */
  record Assembled(UploadSession session, ObjectKey object) {}

  /** The object; empty when another request changed the session meanwhile. */
  Optional<Assembled> assemble(UploadSession session, Digest digest) {
    if (session.state() == State.COMMITTING) {
      return session.closingDigest().equals(Optional.of(digest))
          ? complete(session)
          : Optional.empty();
    }
    var has = session.pieces();
    if (has.parts().isEmpty() && has.tails().size() == 1) {
      var only = has.tails().getFirst();
      return Optional.of(new Assembled(session, Keys.attemptObject(session.id(), only.attempt())));
    }
    boolean small = has.parts().isEmpty() && PieceStore.bigTails(has).isEmpty();
    return small ? oneObject(session) : close(session, digest).flatMap(this::complete);
  }

  /** Writes small tails, or nothing at all, as one object under a number of its own. */
  private Optional<Assembled> oneObject(UploadSession session) {
    var reserved = intake.reserve(session.repository(), session.id(), session.unchanged());
    if (reserved.isEmpty()) {
      return Optional.empty();
    }
    var object = Keys.attemptObject(session.id(), reserved.get().attempts());
    try (var staging = environment.blobs().stage()) {
      if (!pieces.copySmallTails(session, staging)) {
        return Optional.empty();
      }
      staging.storeAs(object);
    }
    return Optional.of(new Assembled(reserved.get(), object));
  }

  private Optional<UploadSession> close(UploadSession session, Digest digest) {
    long expiresAt = environment.inSeconds(environment.settings().sessionLife());
    var changes = new ArrayList<>(session.close(digest, expiresAt));
    if (session.multipart().isEmpty()) {
      changes.add(UploadSession.hasMultipart(pieces.beginParts(session)));
    }
    var write = new Write.Update(session.key(), changes, session.unchanged());
    return switch (environment.metadata().write(write)) {
      case Outcome.Done(var after) ->
          after.map(item -> UploadSession.of(session.repository(), item));
      case Outcome.Refused refused -> again(session, digest);
    };
  }

  /** Somebody else may have closed it for the same digest: then we help. */
  private Optional<UploadSession> again(UploadSession session, Digest digest) {
    return environment
        .metadata()
        .get(session.key(), Consistency.STRONG)
        .map(item -> UploadSession.of(session.repository(), item))
        .filter(now -> now.state() == State.COMMITTING)
        .filter(now -> now.closingDigest().equals(Optional.of(digest)));
  }

  /** Completes the multipart upload of a closed session; may be done any number of times. */
  private Optional<Assembled> complete(UploadSession closed) {
    var object = Keys.sessionObject(closed.id());
    if (isComplete(closed, object)) {
      return Optional.of(new Assembled(closed, object));
    }
    try {
      completeParts(closed);
    } catch (StoreException failure) {
      // A helper was faster, and an upload that is complete takes no parts any more.
      if (!isComplete(closed, object)) {
        throw failure;
      }
    }
    return Optional.of(new Assembled(closed, object));
  }

  private void completeParts(UploadSession closed) {
    var upload = closed.multipartId().orElseThrow();
    var parts = pieces.bigTailsAsParts(closed, upload);
    if (!PieceStore.smallTails(closed.pieces()).isEmpty()) {
      try (var staging = environment.blobs().stage()) {
        if (!pieces.copySmallTails(closed, staging)) {
          throw new StoreException("bytes of a closed upload are missing: " + closed.id());
        }
        staging.storeAsPart(upload, PieceStore.LAST_PART);
      }
      parts = parts.withPart(PieceStore.LAST_PART);
    }
    if (!environment.blobs().completeMultipart(upload, parts.parts())) {
      throw new StoreException("the parts of a closed upload are missing: " + closed.id());
    }
  }

  private boolean isComplete(UploadSession closed, ObjectKey object) {
    return environment
        .blobs()
        .head(object)
        .filter(info -> info.sizeBytes() == closed.offsetBytes())
        .isPresent();
  }
}
