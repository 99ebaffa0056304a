package dev.roadstead.endpoints.jobs;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Claims;
import dev.roadstead.registry.Keys;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.ObjectKey;
import java.util.Optional;

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
  public record Event(RepositoryName repository, Digest digest, SessionId session) {
    /** The event of a direct PUT that has just been made. */
    public static Event of(DirectPut put) {
      var location = put.location();
      return new Event(location.repository(), put.digest(), location.session());
    }

    /** The event of an object; empty when no direct PUT into this repository can have put it. */
    public static Optional<Event> of(RepositoryName repository, ObjectKey object) {
      if (!Keys.isDirectPut(object)) {
        return Optional.empty();
      }
      try {
        var parts = object.text().split("/", -1); // in, repository, digest, session
        var digest = new Digest(HashAlgorithm.SHA256, parts[parts.length - 2]);
        var event = new Event(repository, digest, SessionId.parse(parts[parts.length - 1]));
        return Optional.of(event).filter(known -> known.object().equals(object));
      } catch (IllegalArgumentException another) {
        return Optional.empty();
      }
    }

    private ObjectKey object() {
      return Keys.directPut(repository, digest, session);
    }
  }

  /** Does what there is to do; may be repeated any number of times. */
  public void run(Event event) {
    claims.arrived(event.repository(), event.digest(), event.object());
  }
}
