package dev.roadstead.route;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;

/**
 * What the {@code Location} of an upload says. It is signed ({@link LocationKeys}), because the
 * edge trusts it without asking any store.
 *
 * @param directUntilSeconds until when a whole blob may be sent past the functions, in seconds
 *     since 1970; the session itself lives longer
 */
public record UploadLocation(
    RepositoryName repository, SessionId session, Phase phase, long directUntilSeconds) {

  /** How far an upload has come, as far as the client was told. */
  public enum Phase {
    /** Nothing was sent yet: the whole blob may still go straight to the object store. */
    FRESH,
    /** A chunk was accepted: everything more goes to functions or to the relay. */
    CHUNKED
  }

  /** The same upload, in another phase. */
  public UploadLocation in(Phase newPhase) {
    return new UploadLocation(repository, session, newPhase, directUntilSeconds);
  }
}
