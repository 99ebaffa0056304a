package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects that nothing needs any more and the collector will delete. An object moves from its last
 * owner to the trash in one transaction, so that every object is always named.
 *
 * @param sizeBytes of the object; 0 for what a session left, of which nobody knows
 * @param repository the one that had the blob last
 * @param purgeAtSeconds when the collector deletes it for good, in seconds since 1970
 * @param attempts for a session: how many objects of attempts there may be
 * @param kept for a session: the one of its objects that became a blob and stays
 * @param multipart for a session: its multipart upload
 */
public record TrashRecord(
    Key key,
    State state,
    Reason reason,
    long sizeBytes,
    Optional<RepositoryName> repository,
    long purgeAtSeconds,
    int attempts,
    Optional<ObjectKey> kept,
    Optional<String> multipart) {

  /** How far it has come. */
  public enum State {
    /** It waits, and can be got back if its reason allows. */
    WAIT,
    /** It is being deleted; nothing names its bytes ever again. */
    PURGE
  }

  /** How it came here. */
  public enum Reason {
    /** A blob that somebody deleted. It can be got back. */
    DELETED,
    /** A blob that nothing named, so that the collector took it. It can be got back. */
    COLLECTED,
    /** The body of a manifest that was never stored, or whose tombstone is gone. */
    MANIFEST_BODY,
    /** What an upload session left. */
    UPLOAD_SESSION;

    /** Whether it was a blob, and may become one again while it waits. */
    public boolean isBlob() {
      return this == DELETED || this == COLLECTED;
    }
  }

  static final String STATE = "state";
  private static final String REASON = "reason";
  private static final String SIZE = "sizeBytes";
  private static final String REPOSITORY = "repository";
  private static final String ATTEMPTS = "attempts";
  private static final String KEPT = "kept";
  private static final String MULTIPART = "multipart";

  /** It waits: neither has anybody got it back nor is it being deleted. */
  static final Condition WAITS = Condition.is(STATE, State.WAIT.name());

  /** It is being deleted. */
  static final Condition IS_PURGED = Condition.is(STATE, State.PURGE.name());

  /** Reads a record. */
  public static TrashRecord of(Item item) {
    return new TrashRecord(
        item.key(),
        State.valueOf(item.text(STATE)),
        Reason.valueOf(item.text(REASON)),
        item.numberIfAny(SIZE).orElse(0),
        item.textIfAny(REPOSITORY).map(RepositoryName::new),
        item.numberIfAny(Hint.AT).orElse(0),
        Math.toIntExact(item.numberIfAny(ATTEMPTS).orElse(0)),
        item.textIfAny(KEPT).map(ObjectKey::new),
        item.textIfAny(MULTIPART));
  }

  /** A blob that a repository, the last one, has no more. */
  static Item blob(
      Digest digest,
      BlobRecord blob,
      RepositoryName repository,
      Reason reason,
      long purgeAtSeconds) {
    return begin(Keys.trash(digest, blob.objectKey()), reason, purgeAtSeconds)
        .with(SIZE, blob.sizeBytes())
        .with(REPOSITORY, repository.text())
        .build();
  }

  /** A manifest's body that is in an object and in no record. */
  static Item manifestBody(Digest digest, ObjectKey object, long sizeBytes, long purgeAtSeconds) {
    return begin(Keys.trash(digest, object), Reason.MANIFEST_BODY, purgeAtSeconds)
        .with(SIZE, sizeBytes)
        .build();
  }

  /**
   * Everything an upload session may have stored: its object, the objects of attempts 1 to n, its
   * multipart upload.
   *
   * @param kept the one object of those that became a blob and is not to be deleted
   */
  static Item session(
      SessionId session,
      int attempts,
      Optional<String> multipart,
      Optional<ObjectKey> kept,
      long purgeAtSeconds) {
    var item =
        begin(Keys.trash(session), Reason.UPLOAD_SESSION, purgeAtSeconds).with(ATTEMPTS, attempts);
    kept.ifPresent(object -> item.with(KEPT, object.text()));
    multipart.ifPresent(id -> item.with(MULTIPART, id));
    return item.build();
  }

  private static Item.Builder begin(Key key, Reason reason, long purgeAtSeconds) {
    var item = Item.at(key).with(STATE, State.WAIT.name()).with(REASON, reason.name());
    return Hint.on(item, Hint.Kind.TRASH, key, purgeAtSeconds);
  }

  /** The object it is about; for a session, the one its parts become. */
  public ObjectKey object() {
    return new ObjectKey(key.sort());
  }

  /** Every object that goes with it, be it there or not. */
  List<ObjectKey> objects() {
    var objects = new ArrayList<>(List.of(object()));
    for (int attempt = 1; attempt <= attempts; attempt++) {
      objects.add(Keys.attemptObject(object(), attempt));
    }
    kept.ifPresent(objects::remove);
    return objects;
  }
}
