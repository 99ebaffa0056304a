package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;

/**
 * Gets a blob back into a repository: from another repository that has it, or from the trash while
 * it waits there (rule R7 of {@code spec/RegistryGC}). Of getting it back and purging it exactly
 * one happens, because both begin with the same record in the same state.
 */
final class BlobRescue {
  private static final int MAX_TRIES = 16;
  private static final int MAX_RECORDS = 100;

  private final Environment environment;
  private final Blobs blobs;

  BlobRescue(Environment environment, Claims claims) {
    this.environment = environment;
    this.blobs = new Blobs(environment, claims);
  }

  /** Whether it is there, or can be got back at this moment. */
  boolean canBringBack(RepositoryName repository, Digest digest) {
    return blobs.find(repository, digest).isPresent()
        || environment.metadata().get(Keys.blob(digest), Consistency.STRONG).isPresent()
        || !waiting(digest).isEmpty();
  }

  /** Gets it back, unless it is there; false when its bytes are gone. */
  boolean bringBack(RepositoryName repository, Digest digest) {
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (blobs.findForPush(repository, digest).isPresent()
          || blobs.mount(repository, digest, Optional.empty())) {
        return true;
      }
      var waiting = waiting(digest);
      if (waiting.isEmpty()) {
        return false;
      }
      if (takeOut(repository, digest, waiting.getFirst())) {
        return true;
      }
    }
    throw Undeletion.tooBusy("the blob " + digest);
  }

  /** One transaction: out of the trash, and a blob again that this repository has. */
  private boolean takeOut(RepositoryName repository, Digest digest, TrashRecord trash) {
    var blob = new BlobRecord(trash.sizeBytes(), trash.object(), 1);
    long idleUntil = environment.inSeconds(environment.settings().linkGrace());
    var writes =
        Transaction.of(
            new Write.Delete(trash.key(), TrashRecord.WAITS),
            Write.create(blob.toItem(digest)),
            Write.create(LinkRecord.create(repository, digest, blob, idleUntil)));
    return environment.metadata().transact(writes) instanceof Outcome.Done;
  }

  /** What waits in the trash and has all its bytes. */
  private List<TrashRecord> waiting(Digest digest) {
    var query = Query.of(Keys.trash(digest), MAX_RECORDS);
    return environment.metadata().query(query).items().stream()
        .map(TrashRecord::of)
        .filter(trash -> trash.reason().isBlob() && trash.state() == TrashRecord.State.WAIT)
        .filter(
            trash ->
                environment
                    .blobs()
                    .head(trash.object())
                    .filter(info -> info.sizeBytes() == trash.sizeBytes())
                    .isPresent())
        .toList();
  }
}
