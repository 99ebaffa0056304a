package dev.roadstead.endpoints.jobs;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Keys;

/**
 * The job {@code blob-created}: the object store says that a direct PUT has arrived; late, twice,
 * or never. Whoever needs the blob claims it anyway; this makes it sooner, and removes what nobody
 * can claim any more.
 */
public final class BlobCreated {
  private final Claims claims;

  /** Claims here. */
  public BlobCreated(Claims claims) {
    this.claims = claims;
  }

  /** What the event says. */
  public record Event(RepositoryName repository, Digest digest, SessionId session) {}

  /** Does what there is to do; may be repeated any number of times. */
  public void run(Event event) {
    claims.arrived(
        event.repository(),
        event.digest(),
        Keys.directPut(event.repository(), event.digest(), event.session()));
  }
}
