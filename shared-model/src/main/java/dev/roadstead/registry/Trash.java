package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.util.Optional;

/**
 * Records of objects that nothing needs any more and the collector will delete. An object moves
 * from its last owner to the trash in one transaction, so that every object is always named.
 */
final class Trash {
  static final String STATE = "state";
  static final String WAIT = "WAIT";
  private static final String REASON = "reason";
  private static final String SIZE = "sizeBytes";
  private static final String ATTEMPTS = "attempts";
  private static final String KEPT = "kept";
  private static final String MULTIPART = "multipart";

  private Trash() {}

  /** One object that was, or was to become, a blob or the body of a manifest. */
  static Item object(
      Digest digest, ObjectKey object, long sizeBytes, String reason, long purgeAtSeconds) {
    var key = Keys.trash(digest, object);
    return record(key, reason, purgeAtSeconds).with(SIZE, sizeBytes).build();
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
    Key key = Keys.trash(session);
    var item = record(key, "upload session", purgeAtSeconds).with(ATTEMPTS, attempts);
    kept.ifPresent(object -> item.with(KEPT, object.text()));
    multipart.ifPresent(id -> item.with(MULTIPART, id));
    return item.build();
  }

  private static Item.Builder record(Key key, String reason, long purgeAtSeconds) {
    var item = Item.at(key).with(STATE, WAIT).with(REASON, reason);
    return Hint.on(item, Hint.Kind.TRASH, key, purgeAtSeconds);
  }
}
