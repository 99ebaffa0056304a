package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a deleted repository back: every manifest that its deletion took, with its tags. Each one
 * comes back by itself, so that a crash leaves a part, and the same wish again goes on. If the name
 * was used anew meanwhile, what is there now stays as it is.
 */
public final class RepositoryUndelete {
  /** How many manifests one call brings back. */
  public static final int MAX_MANIFESTS = 20;

  private final Environment environment;
  private final Undeletion undeletion;

  /** Brings back what these stores had. */
  public RepositoryUndelete(Environment environment, Undeletion undeletion) {
    this.environment = environment;
    this.undeletion = undeletion;
  }

  /** What became of a wish. */
  public sealed interface Outcome {
    /**
     * So much was brought back.
     *
     * @param manifests by this call, parts of indexes included
     * @param gone manifests whose bytes, or those of their parts, are gone for good
     * @param next where to go on; empty when all is done
     */
    record Restored(int manifests, List<Digest> gone, Optional<String> next) implements Outcome {
      /** Copies the list. */
      public Restored {
        gone = List.copyOf(gone);
      }
    }

    /** Its deletion has not come to its end: finish that first. */
    record StillDeleting() implements Outcome {}

    /** No such repository was deleted, or too long ago. */
    record Unknown() implements Outcome {}
  }

  /**
   * Brings a repository back, or a part of it.
   *
   * @param after where an earlier call has ended
   */
  public Outcome restore(RepositoryName repository, Optional<String> after, Caller caller) {
    var metadata = environment.metadata();
    var record = metadata.get(Keys.repository(repository), Consistency.STRONG);
    if (record.filter(RepositoryDelete::isBeingDeleted).isPresent()) {
      return new Outcome.StillDeleting();
    }
    var grave = metadata.get(Keys.deletedRepository(repository), Consistency.STRONG);
    if (grave.isEmpty()) {
      return new Outcome.Unknown();
    }
    var began = "%016d".formatted(grave.get().number(RepositoryDelete.BEGAN_AT));
    var query = Query.of(Keys.tombstones(repository), MAX_MANIFESTS).after(after.orElse(began));
    var page = metadata.query(query);
    int restored = 0;
    var gone = new ArrayList<Digest>();
    for (var item : page.items()) {
      var digest = TombstoneRecord.of(item).digest();
      switch (undeletion.manifest(repository, digest, caller)) {
        case Undeletion.Outcome.Restored r -> restored += r.manifests().size();
        case Undeletion.Outcome.Unknown cameWithAnother -> {}
        case Undeletion.Outcome.Incomplete incomplete -> gone.add(digest);
      }
    }
    if (page.next().isEmpty()) {
      end(repository, grave.get(), caller);
    }
    return new Outcome.Restored(restored, gone, page.next());
  }

  /** Of several that bring it back at once, the one that takes its grave away is noted. */
  private void end(RepositoryName repository, Item grave, Caller caller) {
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(grave.key(), Condition.exists()));
    writes.addAll(
        AuditEntry.of(environment, caller, "undelete repository", repository, repository.text()));
    environment.metadata().transact(new Transaction(writes)); // refused: somebody else has
  }
}
