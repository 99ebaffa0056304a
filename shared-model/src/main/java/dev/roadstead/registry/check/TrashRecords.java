package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Keys;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.util.Optional;

/** Records that put something into the trash, from where it can be got back. */
final class TrashRecords {
  private TrashRecords() {}

  /** The reason of whatever was stored under this key: a blob can be got back. */
  static String reason(String object) {
    return object.startsWith("manifests/") ? "MANIFEST_BODY" : "COLLECTED";
  }

  static Item object(Run run, Digest digest, String object) {
    var key = Keys.trash(digest, new ObjectKey(object));
    long size = run.census().objects().getOrDefault(object, 0L);
    return record(run, key, reason(object)).with("sizeBytes", size).build();
  }

  /** Everything that an upload session may have stored. */
  static Item session(
      Run run,
      SessionId session,
      long attempts,
      Optional<String> multipart,
      Optional<String> kept) {
    var key = Keys.trash(session);
    var item = record(run, key, "UPLOAD_SESSION").with("attempts", attempts);
    multipart.ifPresent(id -> item.with("multipart", id));
    kept.ifPresent(object -> item.with("kept", object));
    return item.build();
  }

  private static Item.Builder record(Run run, Key key, String reason) {
    var item = Item.at(key).with("state", "WAIT").with("reason", reason);
    return Hint.on(item, Hint.Kind.TRASH, key, run.purgeAt());
  }
}
