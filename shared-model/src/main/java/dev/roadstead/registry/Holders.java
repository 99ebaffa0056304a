package dev.roadstead.registry;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Query;
import java.util.Optional;

/**
 * Finds a manifest that keeps something alive, so that a refusal can name it. Counters say that
 * there is one, not which; so this looks, and gives up after {@value #MAX_MANIFESTS} manifests.
 */
final class Holders {
  private static final int MAX_MANIFESTS = 2000;
  private static final int PAGE = 100;

  private final Environment environment;

  Holders(Environment environment) {
    this.environment = environment;
  }

  Optional<Digest> ofBlob(RepositoryName repository, Digest blob) {
    return of(repository, new Child(Child.Kind.BLOB, blob));
  }

  Optional<Digest> ofManifest(RepositoryName repository, Digest manifest) {
    return of(repository, new Child(Child.Kind.MANIFEST, manifest));
  }

  private Optional<Digest> of(RepositoryName repository, Child child) {
    int left = MAX_MANIFESTS;
    for (int h = 0; h < Keys.SPREAD && left > 0; h++) {
      var query = Query.of(Keys.manifests(repository, Character.forDigit(h, 16)), PAGE);
      var next = Optional.of(query);
      while (next.isPresent() && left > 0) {
        var page = environment.metadata().query(next.get());
        left -= page.items().size();
        for (var item : page.items()) {
          boolean isManifest = item.has(ManifestRecord.STATE);
          if (isManifest && ManifestRecord.of(item).children().contains(child)) {
            return Optional.of(Digest.parse(item.key().sort()));
          }
        }
        next = page.next().map(query::after);
      }
    }
    return Optional.empty();
  }
}
