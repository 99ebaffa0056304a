package dev.roadstead.registry;

import dev.roadstead.document.ManifestDocument;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Child.Kind;
import dev.roadstead.store.Outcome;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a manifest names, everything once: a config may be a layer too.
 *
 * @param present what must be there, and is counted
 * @param absent what a sparse index names and the repository does not have: recorded, not counted
 */
record Children(List<Child> present, List<Child> absent) {
  Children {
    present = List.copyOf(present);
    absent = List.copyOf(absent);
  }

  /** All that a manifest names; all of it should be there. */
  static Children of(ManifestDocument document) {
    var children = new LinkedHashSet<Child>();
    document.blobs().stream()
        .map(Descriptor::digest)
        .forEach(digest -> children.add(new Child(Kind.BLOB, digest)));
    document.manifests().stream()
        .map(Descriptor::digest)
        .forEach(digest -> children.add(new Child(Kind.MANIFEST, digest)));
    return new Children(List.copyOf(children), List.of());
  }

  int count() {
    return present.size() + absent.size();
  }

  /** As a refused transaction has shown the manifests: each one that refused is the other. */
  Children corrected(RepositoryName repository, Outcome.Refused refused) {
    Predicate<Child> isOther =
        child -> child.kind() == Kind.MANIFEST && refused.of(child.key(repository)).isPresent();
    return new Children(exchanged(present, absent, isOther), exchanged(absent, present, isOther));
  }

  private static List<Child> exchanged(
      List<Child> these, List<Child> those, Predicate<Child> isOther) {
    return Stream.concat(these.stream().filter(isOther.negate()), those.stream().filter(isOther))
        .toList();
  }
}
