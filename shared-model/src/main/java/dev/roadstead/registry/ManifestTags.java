package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.store.Query;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All tags of a manifest, also of one that has more than its record names: then every tag of the
 * repository is looked at.
 */
final class ManifestTags {
  private final Environment environment;

  ManifestTags(Environment environment) {
    this.environment = environment;
  }

  /** Whether this is true of every tag that the manifest has. */
  boolean all(
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
