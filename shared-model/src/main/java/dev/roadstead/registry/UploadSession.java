package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.MultipartId;
import dev.roadstead.store.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An upload under way, as its record says.
 *
 * @param version rises with every change that is accepted; every such change is conditional on it
 * @param attempts how many attempts to store something have been made; each has a number of its own
 * @param hashState the digest of what was accepted, to be gone on with
 * @param tailsStored whether any attempt was ever kept as an object of its own
 * @param closingDigest while {@link State#COMMITTING}: what the upload is to become
 * @param expiresAtSeconds when it may be given up, in seconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // read from an item and written back, never compared
record UploadSession(
    RepositoryName repository,
    SessionId id,
    State state,
    long version,
    int attempts,
    long offsetBytes,
    byte[] hashState,
    Pieces pieces,
    boolean tailsStored,
    Optional<String> multipart,
    Optional<Digest> closingDigest,
    long expiresAtSeconds) {

  /** How far a session has come. */
  enum State {
    /** Nothing but its identity: a direct PUT may become its blob. */
    FRESH,
    /** It takes chunks, and only those become its blob. */
    CHUNKED,
    /** Its parts are being made one object; it takes nothing more. */
    COMMITTING
  }

  static final String STATE = "state";
  static final String VERSION = "version";
  static final String ATTEMPTS = "attempts";
  private static final String OFFSET = "offsetBytes";
  private static final String HASH = "hashState";
  private static final String PARTS = "parts";
  private static final String TAILS = "tails";
  private static final String TAILS_STORED = "tailsStored";
  private static final String MULTIPART = "multipart";
  private static final String DIGEST = "digest";

  static Item create(
      RepositoryName repository,
      SessionId id,
      Optional<HashAlgorithm> algorithm,
      long expiresAtSeconds) {
    var key = Keys.session(repository, id);
    var item =
        Item.at(key)
            .with(STATE, State.FRESH.name())
            .with(VERSION, 0)
            .with(ATTEMPTS, 0)
            .with(OFFSET, 0)
            .with(HASH, Value.of(UploadHash.start(algorithm).save()));
    return Hint.on(item, Hint.Kind.SESSION, key, expiresAtSeconds).build();
  }

  static UploadSession of(RepositoryName repository, Item item) {
    return new UploadSession(
        repository,
        SessionId.parse(item.key().sort()),
        State.valueOf(item.text(STATE)),
        item.number(VERSION),
        Math.toIntExact(item.number(ATTEMPTS)),
        item.number(OFFSET),
        item.bytesIfAny(HASH).orElseThrow(),
        Pieces.parse(item.textIfAny(PARTS).orElse(""), item.textIfAny(TAILS).orElse("")),
        item.has(TAILS_STORED),
        item.textIfAny(MULTIPART),
        item.textIfAny(DIGEST).map(Digest::parse),
        item.numberIfAny(Hint.AT).orElse(0));
  }

  Key key() {
    return Keys.session(repository, id);
  }

  UploadHash hash() {
    return UploadHash.resume(hashState);
  }

  Optional<MultipartId> multipartId() {
    return multipart.map(name -> new MultipartId(Keys.sessionObject(id), name));
  }

  /** So many bytes were accepted; no condition when nobody says how many. */
  static Condition standsAt(OptionalLong offsetBytes) {
    return offsetBytes.isPresent() ? Condition.is(OFFSET, offsetBytes.getAsLong()) : Condition.NONE;
  }

  /** Nothing was accepted since this was read. */
  Condition unchanged() {
    return Condition.all(Condition.is(VERSION, version), Condition.is(STATE, state.name()));
  }

  /** Nothing was accepted, and nobody has begun an attempt, since this was read. */
  Condition untouched() {
    return Condition.all(unchanged(), Condition.is(ATTEMPTS, attempts));
  }

  /** Whether everything that was accepted is one object already. */
  boolean isOneObject() {
    return pieces.parts().isEmpty() && pieces.tails().size() == 1;
  }

  /** Whether something may lie in the store besides the object that became the blob. */
  boolean hasLeftovers() {
    boolean onePiece = pieces.parts().isEmpty() && attempts <= 1;
    boolean partsOnly = !tailsStored && attempts == pieces.parts().size();
    return !(onePiece || partsOnly);
  }

  /** The changes that record one accepted piece. */
  List<Change> accept(Accepted accepted, long expiresAt) {
    var changes = new ArrayList<>(Hint.set(Hint.Kind.SESSION, key(), expiresAt));
    changes.add(Change.put(VERSION, version + 1));
    changes.add(Change.put(OFFSET, accepted.offsetBytes()));
    changes.add(Change.put(HASH, accepted.hashState()));
    changes.add(Change.put(PARTS, accepted.pieces().partsText()));
    changes.add(Change.put(TAILS, accepted.pieces().tailsText()));
    if (!accepted.pieces().tails().isEmpty()) {
      changes.add(Change.put(TAILS_STORED, 1));
    }
    return changes;
  }

  /** What a session has after one piece more. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Accepted(long offsetBytes, byte[] hashState, Pieces pieces) {}

  /** The changes that close a session for good: from now on it can only become this blob. */
  List<Change> close(Digest digest, long expiresAt) {
    var changes = new ArrayList<>(Hint.set(Hint.Kind.SESSION, key(), expiresAt));
    changes.add(Change.put(STATE, State.COMMITTING.name()));
    changes.add(Change.put(VERSION, version + 1));
    changes.add(Change.put(DIGEST, digest.toString()));
    return changes;
  }

  /** The change that says which multipart upload a session has. */
  static Change hasMultipart(MultipartId upload) {
    return Change.put(MULTIPART, upload.id());
  }

  /** The changes that say so before any part is stored. */
  List<Change> beginParts(MultipartId upload) {
    return List.of(Change.put(VERSION, version + 1), hasMultipart(upload));
  }

  /** What the session is after them. */
  UploadSession withParts(MultipartId upload) {
    return copy(version + 1, offsetBytes, hashState, pieces, Optional.of(upload.id()));
  }

  /** What the session is, once its last piece is counted, though that is not recorded. */
  UploadSession with(Accepted last) {
    return copy(version, last.offsetBytes(), last.hashState(), last.pieces(), multipart);
  }

  private UploadSession copy(
      long newVersion,
      long newOffset,
      byte[] newHash,
      Pieces newPieces,
      Optional<String> newMultipart) {
    return new UploadSession(
        repository,
        id,
        state,
        newVersion,
        attempts,
        newOffset,
        newHash,
        newPieces,
        tailsStored || !newPieces.tails().isEmpty(),
        newMultipart,
        closingDigest,
        expiresAtSeconds);
  }
}
