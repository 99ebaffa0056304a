package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes a repository in steps, each of which may be the last before a crash: it is marked, which
 * no new manifest passes; its upload sessions end, so that nothing more can be claimed; its
 * manifests go, indexes before what they name, each leaving a tombstone; its links go, their blobs
 * to the trash; at last its record and its catalog entry, and a record stays that says when. The
 * same wish again, by anybody, goes on where it stands.
 */
public final class RepositoryDelete {
  /** How many manifests, links and sessions one call takes on. */
  public static final int MAX_STEPS = 200;

  static final String STATE = "state";
  static final String BEGAN_AT = "beganAtMillis";
  static final String BY = "by";
  private static final String DELETING = "DELETING";
  private static final int PAGE = 100;
  private static final int MAX_TRIES = 8;

  /** The repository is there, and nobody deletes it. */
  static final Condition IS_ACTIVE = Condition.all(Condition.exists(), Condition.lacks(STATE));

  private final Environment environment;
  private final Uploads uploads;
  private final ManifestDelete manifests;
  private final LinkRemoval links;
  private final Stripes stripes;

  /** Deletes repositories of these stores. */
  public RepositoryDelete(Environment environment) {
    this.environment = environment;
    this.uploads = new Uploads(environment);
    this.manifests = new ManifestDelete(environment);
    this.links = new LinkRemoval(environment);
    this.stripes = new Stripes(environment);
  }

  /** How far it has come. */
  public enum Progress {
    /** It is gone. */
    DELETED,
    /** Some of it is gone; the same wish again goes on. */
    UNDER_WAY,
    /** There is no such repository. */
    UNKNOWN
  }

  /** Counts down what one call may do. */
  private static final class Budget {
    private int left = MAX_STEPS;

    boolean take() {
      return left-- > 0;
    }
  }

  static boolean isBeingDeleted(Item repository) {
    return repository.has(STATE);
  }

  /** Whether a transaction was refused because somebody deletes the repository. */
  static boolean refuses(RepositoryName repository, Outcome.Refused refused) {
    return refused
        .of(Keys.repository(repository))
        .flatMap(Outcome.Refusal::current)
        .filter(RepositoryDelete::isBeingDeleted)
        .isPresent();
  }

  /** Deletes a repository, or a part of it. */
  public Progress delete(RepositoryName repository, Caller caller) {
    var record = environment.metadata().get(Keys.repository(repository), Consistency.STRONG);
    if (record.isEmpty()) {
      return Progress.UNKNOWN;
    }
    if (!isBeingDeleted(record.get())) {
      mark(repository, record.get(), caller);
    }
    var budget = new Budget();
    boolean empty =
        endSessions(repository, budget)
            && dropManifests(repository, caller, budget)
            && dropLinks(repository, budget);
    return empty && end(repository) ? Progress.DELETED : Progress.UNDER_WAY;
  }

  /** First the stripes go: while there are any, they let pushes through. */
  private void mark(RepositoryName repository, Item found, Caller caller) {
    var current = Optional.of(found);
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (current.filter(Stripes::has).isPresent()) {
        stripes.foldRepository(repository);
      }
      switch (environment.metadata().transact(new Transaction(marks(repository, caller)))) {
        case Outcome.Done done -> {
          return;
        }
        case Outcome.Refused refused -> {
          current = refused.of(Keys.repository(repository)).flatMap(Outcome.Refusal::current);
          if (current.isEmpty() || isBeingDeleted(current.get())) {
            return; // somebody else was faster
          }
        }
      }
    }
    throw new StoreException(repository + " is pushed to so much that it cannot be deleted now");
  }

  private List<Write> marks(RepositoryName repository, Caller caller) {
    var key = Keys.repository(repository);
    var changes = new ArrayList<>(Hint.set(Hint.Kind.REPOSITORY, key, environment.nowSeconds()));
    changes.add(Change.put(STATE, DELETING));
    changes.add(Change.put(BEGAN_AT, environment.clock().millis()));
    changes.add(Change.put(BY, caller.name()));
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(key, changes, Condition.all(IS_ACTIVE, Stripes.NONE)));
    writes.addAll(
        AuditEntry.of(environment, caller, "delete repository", repository, repository.text()));
    return writes;
  }

  private boolean endSessions(RepositoryName repository, Budget budget) {
    var query = Query.of(Keys.sessions(repository), PAGE);
    var page = environment.metadata().query(query).items();
    while (!page.isEmpty()) {
      for (var session : page) {
        if (!budget.take()) {
          return false;
        }
        uploads.cancel(repository, SessionId.parse(session.key().sort()));
      }
      page = environment.metadata().query(query).items();
    }
    return true;
  }

  /** Round after round: what an index names can go once the index is gone. */
  private boolean dropManifests(RepositoryName repository, Caller caller, Budget budget) {
    while (true) {
      int found = 0;
      int gone = 0;
      for (int h = 0; h < Keys.SPREAD; h++) {
        for (var item : all(Keys.manifests(repository, Character.forDigit(h, 16)))) {
          if (!item.has(ManifestRecord.STATE)) {
            continue; // a body
          }
          found++;
          var manifest = ManifestRecord.of(item);
          if (manifest.parents() > 0) {
            continue;
          }
          if (!budget.take()) {
            return false;
          }
          drop(repository, Digest.parse(item.key().sort()), manifest, caller);
          gone++;
        }
      }
      if (found == 0) {
        return true;
      }
      if (gone == 0) {
        throw new StoreException(
            "manifests of " + repository + " are held by indexes that are not there; run fsck");
      }
    }
  }

  /** What is being put in steps is given up: it could not be shown any more. */
  private void drop(
      RepositoryName repository, Digest digest, ManifestRecord manifest, Caller caller) {
    switch (manifest.state()) {
      case STAGED -> manifests.end(repository, digest, caller);
      case LIVE, DELETING -> manifests.delete(repository, digest, caller);
    }
  }

  private boolean dropLinks(RepositoryName repository, Budget budget) {
    for (int h = 0; h < Keys.SPREAD; h++) {
      for (var item : all(Keys.links(repository, Character.forDigit(h, 16)))) {
        if (!budget.take()) {
          return false;
        }
        drop(repository, item);
      }
    }
    return true;
  }

  /** What an upload brings meanwhile may stay: nothing names it, and the collector takes it. */
  private void drop(RepositoryName repository, Item item) {
    var digest = Digest.parse(item.key().sort());
    environment
        .metadata()
        .get(Keys.blob(digest), Consistency.STRONG)
        .map(BlobRecord::of)
        .ifPresent(blob -> links.deleteWithAll(repository, digest, LinkRecord.of(item), blob));
  }

  private List<Item> all(String partition) {
    var found = new ArrayList<Item>();
    var next = Optional.of(Query.of(partition, PAGE));
    while (next.isPresent() && found.size() < MAX_STEPS) {
      var query = next.get();
      var page = environment.metadata().query(query);
      found.addAll(page.items());
      next = page.next().map(query::after);
    }
    return found;
  }

  /** The last step: the name is free again, and what can bring it back stays. */
  private boolean end(RepositoryName repository) {
    var key = Keys.repository(repository);
    var record = environment.metadata().get(key, Consistency.STRONG);
    if (record.isEmpty() || !isBeingDeleted(record.get())) {
      return true; // somebody else has ended it
    }
    var deleted = Keys.deletedRepository(repository);
    long until = environment.inSeconds(environment.settings().trashLife());
    var grave =
        Hint.on(Item.at(deleted), Hint.Kind.REPOSITORY, deleted, until)
            .with(BEGAN_AT, record.get().number(BEGAN_AT))
            .with(BY, record.get().text(BY));
    var writes =
        Transaction.of(
            new Write.Delete(key, Condition.is(STATE, DELETING)),
            new Write.Delete(Keys.catalogEntry(repository), Condition.NONE),
            new Write.Put(grave.build(), Condition.NONE));
    return environment.metadata().transact(writes) instanceof Outcome.Done;
  }
}
