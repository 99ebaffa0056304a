package dev.roadstead.registry.collect;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.BlobRecord;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.LinkRecord;
import dev.roadstead.registry.LinkRemoval;
import dev.roadstead.registry.Stripes;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Key;
import java.util.List;

/**
 * Blobs that no manifest of their repository names: the link goes, and with the last link the blob
 * goes to the trash (rule R4).
 */
public final class LinkReview implements Review {
  private final Environment environment;
  private final LinkRemoval removal;
  private final Stripes stripes;

  /** Judges links in these stores. */
  public LinkReview(Environment environment) {
    this.environment = environment;
    this.removal = new LinkRemoval(environment);
    this.stripes = new Stripes(environment);
  }

  @Override
  public Hint.Kind kind() {
    return Hint.Kind.LINK;
  }

  @Override
  public Verdict judge(Key candidate) {
    var repository = Keys.repositoryOf(candidate);
    var digest = Digest.parse(candidate.sort());
    var found = environment.metadata().snapshot(List.of(candidate, Keys.blob(digest)));
    var link = found.get(0).map(LinkRecord::of);
    var blob = found.get(1).map(BlobRecord::of);
    if (link.isEmpty() || blob.isEmpty() || !isDue(link.get())) {
      return new Verdict.NotDue();
    }
    long refs = link.get().striped() ? stripes.sum(candidate) : link.get().refs();
    if (refs > 0) {
      return new Verdict.Needed(
          "manifests that name it: " + refs, () -> removal.keep(repository, digest, link.get()));
    }
    boolean last = blob.get().links() == 1;
    return new Verdict.Garbage(
        last ? "nothing names it" : "nothing in this repository names it",
        last ? Verdict.Freed.condemned(1, blob.get().sizeBytes()) : Verdict.Freed.NOTHING,
        () -> removal.collect(repository, digest, link.get(), blob.get()));
  }

  private boolean isDue(LinkRecord link) {
    return link.idleUntil().orElse(Long.MAX_VALUE) <= environment.nowSeconds();
  }
}
