package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestDelete.Deletion;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.Query;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All tags of a manifest, also of one that has more than its record names: then every tag of the
 * repository is looked at.
 */
final class ManifestTags {
  private final Environment environment;
  private final ImmutableTags immutable;

  ManifestTags(Environment environment) {
    this.environment = environment;
    this.immutable = new ImmutableTags(environment);
  }

  /** Whether a tag stays where it is. */
  boolean isImmutable(RepositoryName repository, Tag tag) {
    return immutable.of(repository).test(tag);
  }

  /**
   * What holds as long as the manifest gets no other tag than those it has now. Where its record
   * does not name them all, a mark is left on it, which the next tag that comes overwrites.
   *
   * @return empty when the manifest is not as it was read
   */
  Optional<Condition> guard(RepositoryName repository, Digest digest, ManifestRecord manifest) {
    if (!manifest.manyTags()) {
      return Optional.of(manifest.sameTags());
    }
    long mark = environment.ids().next().getMostSignificantBits();
    var update =
        new Write.Update(
            Keys.manifest(repository, digest),
            List.of(Change.put(ManifestRecord.MANY_TAGS, mark)),
            Condition.all(ManifestRecord.IS_LIVE, manifest.sameTags()));
    return environment.metadata().write(update) instanceof Outcome.Done
        ? Optional.of(
            Condition.all(manifest.sameTags(), Condition.is(ManifestRecord.MANY_TAGS, mark)))
        : Optional.empty();
  }

  /**
   * Why the manifest stays in spite of a wish to delete it; empty when no tag of it is a reason.
   */
  Optional<Deletion> keep(
      RepositoryName repository, Digest digest, ManifestRecord manifest, Predicate<Tag> mayDelete) {
    if (manifest.tags() == 0) {
      return Optional.empty();
    }
    if (!all(repository, digest, manifest, mayDelete)) {
      return Optional.of(new Deletion.Protected());
    }
    return all(repository, digest, manifest, immutable.of(repository).negate())
        ? Optional.empty()
        : Optional.of(new Deletion.Immutable());
  }

  private boolean all(
      RepositoryName repository, Digest digest, ManifestRecord manifest, Predicate<Tag> rule) {
    if (!manifest.manyTags()) {
      return manifest.tagNames().stream().map(Tag::new).allMatch(rule);
    }
    var next = Optional.of(Query.of(Keys.tags(repository), Query.MAX_LIMIT));
    while (next.isPresent()) {
      var query = next.get();
      var page = environment.metadata().query(query);
      for (var item : page.items()) {
        if (TagRecord.of(item).digest().equals(digest) && !rule.test(new Tag(item.key().sort()))) {
          return false;
        }
      }
      next = page.next().map(query::after);
    }
    return true;
  }
}
