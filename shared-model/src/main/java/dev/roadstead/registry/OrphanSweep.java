package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Query;
import dev.roadstead.store.Scan;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what direct PUTs have left whose events were lost (rule D7 of {@code spec/DirectPut}). The
 * session is in an object's key behind the digest, which nobody knows, so the sweep walks over what
 * direct PUTs have brought into the repository, once for all records of that repository whose time
 * has come. Records go when the walk is over; a crash before that leaves them, and the walk is gone
 * on with or begun again.
 */
public final class OrphanSweep {
  /** How many pages of objects one step walks over. */
  private static final int MAX_PAGES = 100;

  private final Environment environment;
  private final Claims claims;
  private final int pages;
  private final int page;

  /** Sweeps in these stores. */
  public OrphanSweep(Environment environment) {
    this(environment, MAX_PAGES, Scan.MAX_LIMIT);
  }

  OrphanSweep(Environment environment, int pages, int page) {
    this.environment = environment;
    this.claims = new Claims(environment);
    this.pages = pages;
    this.page = page;
  }

  /** The record, if its time has come. */
  public Optional<OrphanRecord> due(Key candidate) {
    return environment
        .metadata()
        .get(candidate, Consistency.STRONG)
        .map(OrphanRecord::of)
        .filter(this::isDue);
  }

  private boolean isDue(OrphanRecord orphan) {
    return orphan.lookAtSeconds() <= environment.nowSeconds();
  }

  /**
   * Goes on with the sweep of a record, and of all that stand where it stands.
   *
   * @return false when the record was not as it had been read
   */
  public boolean run(OrphanRecord orphan) {
    if (!due(orphan.key()).equals(Optional.of(orphan))) {
      return false;
    }
    var orphans = standingWith(orphan);
    var sessions = orphans.stream().map(OrphanRecord::session).collect(Collectors.toSet());
    var root = Keys.directPuts(orphan.repository());
    var at = orphan.sweptTo().filter(key -> key.isBelow(root));
    for (int i = 0; i < pages; i++) {
      var found = environment.blobs().scanBelow(root, at, page);
      found.objects().forEach(object -> sweep(orphan.repository(), object.key(), sessions));
      at = found.next();
      if (at.isEmpty()) {
        orphans.forEach(this::end);
        return true;
      }
    }
    for (var each : orphans) {
      stand(each, at.orElseThrow());
    }
    return true;
  }

  private List<OrphanRecord> standingWith(OrphanRecord orphan) {
    var query = Query.of(Keys.orphans(orphan.repository()), Query.MAX_LIMIT);
    var others =
        environment.metadata().query(query).items().stream()
            .map(OrphanRecord::of)
            .filter(other -> isDue(other) && other.sweptTo().equals(orphan.sweptTo()));
    return Stream.concat(Stream.of(orphan), others).distinct().toList();
  }

  private void sweep(RepositoryName repository, ObjectKey object, Set<SessionId> sessions) {
    if (Claims.session(object).filter(sessions::contains).isPresent()) {
      digest(object).ifPresent(digest -> claims.removeDead(repository, digest, object));
    }
  }

  private static Optional<Digest> digest(ObjectKey object) {
    var components = object.text().split("/", -1);
    try {
      return Optional.of(new Digest(HashAlgorithm.SHA256, components[components.length - 2]));
    } catch (IllegalArgumentException notADirectPut) {
      return Optional.empty();
    }
  }

  private void end(OrphanRecord orphan) {
    environment.metadata().write(new Write.Delete(orphan.key(), Condition.NONE));
  }

  private void stand(OrphanRecord orphan, ObjectKey at) {
    var changes = List.of(Change.put(OrphanRecord.SWEPT_TO, at.text()));
    environment.metadata().write(new Write.Update(orphan.key(), changes, Condition.exists()));
  }
}
