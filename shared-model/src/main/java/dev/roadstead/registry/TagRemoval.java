package dev.roadstead.registry;

import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Query;
import dev.roadstead.store.Transaction;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the tags off a manifest that is marked as being deleted, some in each transaction. Their
 * names stay in the record of its progress, so that they can come back with it.
 */
final class TagRemoval {
  private static final int TAGS_PER_TRANSACTION = 40;

  /** Somebody else may have ended the deletion, and pushed the manifest again with new tags. */
  private static final Condition IS_BEING_DELETED =
      Condition.is(ManifestRecord.STATE, ManifestRecord.State.DELETING.name());

  private final Environment environment;
  private final TagHistory history;

  TagRemoval(Environment environment) {
    this.environment = environment;
    this.history = new TagHistory(environment);
  }

  /**
   * Looks at every tag of the repository once. A transaction that is refused leaves some on: one of
   * them has moved, or somebody else was faster.
   *
   * @param attempt 0, and one more for every time before this
   */
  void run(RepositoryName repository, Digest digest, Caller caller, int attempt) {
    var next = Optional.of(Query.of(Keys.tags(repository), TAGS_PER_TRANSACTION));
    while (next.isPresent()) {
      var query = next.get();
      var page = environment.metadata().query(query);
      var dropped = new ArrayList<Tag>();
      var writes = new ArrayList<Write>();
      for (var item : page.items()) {
        var before = TagRecord.of(item);
        if (before.digest().equals(digest)) {
          var tag = new Tag(item.key().sort());
          long newest = history.newestAfter(attempt, repository, tag);
          var move = new TagMove(environment, repository, tag, Optional.of(before), caller, newest);
          writes.addAll(move.away());
          dropped.add(tag);
        }
      }
      if (!dropped.isEmpty()) {
        writes.add(fewerTags(repository, digest, dropped.size()));
        remembers(repository, digest, dropped).ifPresent(writes::add);
        environment.metadata().transact(new Transaction(writes)); // refused: the next round looks
      }
      next = page.next().map(query::after);
    }
  }

  private static Write fewerTags(RepositoryName repository, Digest digest, int tags) {
    return new Write.Update(
        Keys.manifest(repository, digest),
        List.of(Change.add(ManifestRecord.TAGS, -tags)),
        Condition.all(IS_BEING_DELETED, Condition.above(ManifestRecord.TAGS, tags - 1)));
  }

  private Optional<Write> remembers(RepositoryName repository, Digest digest, List<Tag> dropped) {
    return environment
        .metadata()
        .get(Keys.progress(repository, digest), Consistency.STRONG)
        .map(ProgressRecord::of)
        .flatMap(progress -> progress.remember(dropped));
  }
}
