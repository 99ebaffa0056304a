package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.registry.ProgressRecord.Direction;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a manifest that nobody sees any more apart, chunk by chunk ({@code spec/StagedManifest}:
 * Uncount, End). Anybody may go on where another one stopped: the cursor is a condition, so no
 * child is counted off twice.
 */
final class StagedRemoval {
  private final Environment environment;
  private final ManifestRemoval removal;

  StagedRemoval(Environment environment) {
    this.environment = environment;
    this.removal = new ManifestRemoval(environment);
  }

  /**
   * Goes on until the manifest is gone; false when a tag still points to it, or somebody else was
   * faster somewhere. A manifest that is not there any more gets no new tags.
   */
  boolean goOn(RepositoryName repository, Digest digest, Caller caller, int attempt) {
    while (true) {
      var keys = List.of(Keys.manifest(repository, digest), Keys.progress(repository, digest));
      var found = environment.metadata().snapshot(keys);
      var manifest =
          found
              .get(0)
              .map(ManifestRecord::of)
              .filter(m -> m.state() != State.LIVE && m.tags() == 0);
      var progress = found.get(1).map(ProgressRecord::of);
      if (manifest.isEmpty() || progress.filter(p -> p.direction() == Direction.DOWN).isEmpty()) {
        return false;
      }
      if (progress.get().cursor() == 0) {
        return happens(last(repository, digest, manifest.get(), progress.get(), caller, attempt));
      }
      if (!happens(chunk(repository, manifest.get(), progress.get()))) {
        return false;
      }
    }
  }

  private List<Write> chunk(
      RepositoryName repository, ManifestRecord manifest, ProgressRecord progress) {
    int from = Math.max(0, progress.cursor() - StagedPut.CHUNK);
    var writes = new ArrayList<Write>();
    writes.add(progress.moveTo(from, environment.nowSeconds()));
    manifest.children().subList(from, progress.cursor()).stream()
        .map(child -> child.uncount(repository, environment))
        .forEach(writes::add);
    return writes;
  }

  /** Nothing is counted any more: what was visible once leaves a tombstone, the rest nothing. */
  private List<Write> last(
      RepositoryName repository,
      Digest digest,
      ManifestRecord manifest,
      ProgressRecord progress,
      Caller caller,
      int attempt) {
    var key = Keys.manifest(repository, digest);
    var asRead = Condition.is(ManifestRecord.STATE, manifest.state().name());
    var writes = new ArrayList<Write>();
    writes.add(progress.end());
    writes.add(new Write.Delete(key, Condition.all(asRead, Condition.is(ManifestRecord.TAGS, 0))));
    writes.add(new Write.Delete(Keys.manifestBody(repository, digest), Condition.NONE));
    switch (manifest.state()) {
      case DELETING ->
          writes.addAll(
              removal.remains(repository, digest, manifest, progress.tags(), caller, attempt));
      case STAGED -> bodyToTrash(digest, manifest).ifPresent(writes::add);
      case LIVE -> throw new IllegalStateException("it is there: " + key);
    }
    return writes;
  }

  private Optional<Write> bodyToTrash(Digest digest, ManifestRecord manifest) {
    return manifest
        .bodyObject()
        .map(
            object ->
                TrashRecord.manifestBody(
                    digest, object, manifest.sizeBytes(), environment.nowSeconds()))
        .map(Write::create);
  }

  private boolean happens(List<Write> writes) {
    return environment.metadata().transact(new Transaction(writes)) instanceof Outcome.Done;
  }
}
