package dev.roadstead.registry;

import dev.roadstead.registry.ManifestPut.Push;
import dev.roadstead.registry.ProgressRecord.Direction;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a manifest with more children than one transaction takes: it is staged, where nobody sees
 * it, its children are counted chunk by chunk, and the last transaction shows it ({@code
 * spec/StagedManifest}). What it names follows from its digest, so whoever pushes the same manifest
 * goes on where another one stopped. What stands still is taken apart by the collector.
 */
final class StagedPut {
  /** How many children one transaction counts; the rest of its writes are for the records. */
  static final int CHUNK = 90;

  /** How long a put may stand still before the collector takes it apart. */
  private static final Duration STILL_LIMIT = Duration.ofHours(1);

  private static final int MAX_TRIES = 512;

  private final Environment environment;
  private final Repositories repositories;
  private final ManifestDelete deletes;
  private final SpreadWrites spread;

  StagedPut(
      Environment environment,
      Repositories repositories,
      ManifestDelete deletes,
      SpreadWrites spread) {
    this.environment = environment;
    this.repositories = repositories;
    this.deletes = deletes;
    this.spread = spread;
  }

  /** What came of it. */
  sealed interface Result {
    /** It is there, with or without tags. */
    record Live(ManifestRecord manifest) implements Result {}

    /** These children were missing when they were to be counted; it stays staged for a while. */
    record Missing(Outcome.Refused refused) implements Result {}

    /** Nothing new gets into the repository; it stays staged until the deletion comes by. */
    record RepositoryIsBeingDeleted() implements Result {}
  }

  /**
   * Brings it as far as it goes.
   *
   * @param staged the manifest's record as it is staged, without tag
   */
  Result bring(Push push, Write.Put staged, List<Write> bodyWrites) {
    var repository = push.repository();
    var keys =
        List.of(Keys.manifest(repository, push.digest()), Keys.progress(repository, push.digest()));
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      var found = environment.metadata().snapshot(keys);
      var manifest = found.get(0).map(ManifestRecord::of);
      var progress = found.get(1).map(ProgressRecord::of);
      if (manifest.isEmpty()) {
        begin(push, staged, bodyWrites);
      } else if (progress.isEmpty()) {
        return new Result.Live(manifest.get());
      } else if (progress.get().direction() == Direction.DOWN) {
        deletes.end(repository, push.digest(), push.caller()); // it has to be gone first
      } else if (progress.get().cursor() == manifest.get().children().size()) {
        if (publish(push, progress.get()) instanceof Outcome.Refused refused
            && RepositoryDelete.refuses(repository, refused)) {
          return new Result.RepositoryIsBeingDeleted();
        }
      } else {
        var outcome = count(push, manifest.get(), progress.get());
        if (outcome instanceof Outcome.Refused refused
            && refused.of(progress.get().key()).isEmpty()) {
          return new Result.Missing(refused);
        }
      }
    }
    throw new StoreException("the manifest " + push.digest() + " could not be stored: too busy");
  }

  private long soon() {
    return environment.inSeconds(STILL_LIMIT);
  }

  private void begin(Push push, Write.Put staged, List<Write> bodyWrites) {
    var writes = new ArrayList<Write>();
    writes.add(staged);
    writes.add(ProgressRecord.begin(push.repository(), push.digest(), Direction.UP, 0, soon()));
    writes.addAll(bodyWrites);
    environment.metadata().transact(new Transaction(writes)); // refused: somebody else began it
  }

  private Outcome count(Push push, ManifestRecord manifest, ProgressRecord progress) {
    var children = manifest.children();
    int to = Math.min(children.size(), progress.cursor() + CHUNK);
    var writes = new ArrayList<Write>();
    writes.add(progress.moveTo(to, soon()));
    children.subList(progress.cursor(), to).stream()
        .map(child -> child.count(push.repository(), List.of()))
        .forEach(writes::add);
    return spread.transact(writes, push.digest());
  }

  /** Shows it, still without a tag: that one comes as to any other manifest that is there. */
  private Outcome publish(Push push, ProgressRecord progress) {
    Key key = Keys.manifest(push.repository(), push.digest());
    var changes = new ArrayList<>(Hint.set(Hint.Kind.MANIFEST, key, environment.nowSeconds()));
    changes.add(Change.put(ManifestRecord.STATE, ManifestRecord.State.LIVE.name()));
    var staged = Condition.is(ManifestRecord.STATE, ManifestRecord.State.STAGED.name());
    var writes = new ArrayList<Write>();
    writes.add(new Write.Update(key, changes, staged));
    writes.add(progress.end());
    writes.addAll(repositories.ensure(push.repository()));
    push.document().subject().ifPresent(subject -> writes.add(Referrers.entry(push, subject)));
    if (push.tag().isEmpty()) {
      writes.addAll(push.audited(environment)); // with a tag, the push is done when that one moves
    }
    var outcome = spread.transact(writes, push.digest());
    repositories.learn(push.repository(), outcome);
    return outcome;
  }
}
