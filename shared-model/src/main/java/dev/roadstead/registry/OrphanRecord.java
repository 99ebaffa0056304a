package dev.roadstead.registry;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import java.time.Duration;
import java.util.Optional;

/**
 * An upload has ended, and what its direct PUT may have brought became no blob. The record is made
 * by the transaction that ends the session, and is there until the sweep has looked for the object:
 * so nothing is forgotten when the object's event is lost.
 *
 * @param sweptTo how far the sweep has come, if it has begun
 * @param lookAtSeconds when the sweep looks, in seconds since 1970
 */
public record OrphanRecord(Key key, Optional<ObjectKey> sweptTo, long lookAtSeconds) {
  static final String SWEPT_TO = "sweptTo";

  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  /** Reads a record. */
  public static OrphanRecord of(Item item) {
    return new OrphanRecord(
        item.key(),
        item.textIfAny(SWEPT_TO).map(ObjectKey::new),
        item.numberIfAny(Hint.AT).orElse(Long.MAX_VALUE));
  }

  /**
   * A new record. Its time comes when no PUT of the session can arrive any more, and together with
   * that of all others of the same day, so that one sweep does for all of them.
   */
  static Item create(Environment environment, RepositoryName repository, SessionId session) {
    var key = Keys.orphan(repository, session);
    long noPutBefore = environment.inSeconds(environment.settings().sessionLife());
    long lookAt = Math.ceilDiv(noPutBefore, DAY_SECONDS) * DAY_SECONDS;
    return Hint.on(Item.at(key), Hint.Kind.ORPHAN, key, lookAt).build();
  }

  RepositoryName repository() {
    return Keys.repositoryOf(key);
  }

  SessionId session() {
    return SessionId.parse(key.sort());
  }
}
