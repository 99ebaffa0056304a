package dev.roadstead.registry;

import dev.roadstead.document.ManifestDocument;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestPut.Push;
import dev.roadstead.route.Limits;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Query;
import dev.roadstead.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings deleted manifests back, with their tags and everything they name, as long as the bytes are
 * still there. It first looks whether all of it can come back, and begins only then; what comes
 * back comes by the ordinary ways, so nothing visible ever misses a part. A crash half-way leaves
 * blobs that nothing names yet, which the collector takes again; the same wish once more goes on.
 */
public final class Undeletion {
  /** How deep indexes of indexes are followed. */
  private static final int MAX_DEPTH = 8;

  private static final int PAGE = 100;

  private final Environment environment;
  private final Tombstones tombstones;
  private final BlobRescue rescue;
  private final ManifestPut puts;

  /** Brings back what these stores had. */
  public Undeletion(Environment environment, Claims claims, Repositories repositories) {
    this.environment = environment;
    this.tombstones = new Tombstones(environment);
    this.rescue = new BlobRescue(environment, claims);
    this.puts = new ManifestPut(environment, claims, repositories);
  }

  /** What became of a wish. */
  public sealed interface Outcome {
    /**
     * It is there again.
     *
     * @param manifests what was brought back: it, and what it names
     * @param tags those that point to it again
     * @param movedOn tags that point elsewhere by now, and stay there
     */
    record Restored(List<Digest> manifests, List<Tag> tags, List<Tag> movedOn) implements Outcome {
      /** Copies the lists. */
      public Restored {
        manifests = List.copyOf(manifests);
        tags = List.copyOf(tags);
        movedOn = List.copyOf(movedOn);
      }
    }

    /** Nothing of it is left: never there, there still, or deleted too long ago. */
    record Unknown() implements Outcome {}

    /** Some of what it names is gone for good; nothing was brought back. */
    record Incomplete(List<Digest> gone) implements Outcome {
      /** Copies the list. */
      public Incomplete {
        gone = List.copyOf(gone);
      }
    }
  }

  /** A manifest that can come back. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Corpse(TombstoneRecord tombstone, ManifestDocument document, byte[] bytes) {}

  /** What has to come back, parts first, and what cannot. */
  private record Plan(Map<Digest, Corpse> corpses, Set<Digest> gone) {
    Plan() {
      this(new LinkedHashMap<>(), new LinkedHashSet<>());
    }
  }

  /** Brings a manifest back, with the tags that went with it. */
  public Outcome manifest(RepositoryName repository, Digest digest, Caller caller) {
    var tombstone = newest(repository, digest);
    if (tombstone.isEmpty()) {
      return new Outcome.Unknown();
    }
    var plan = new Plan();
    plan(repository, digest, plan, 0);
    if (!plan.gone().isEmpty()) {
      return new Outcome.Incomplete(List.copyOf(plan.gone()));
    }
    for (var corpse : plan.corpses().values()) {
      var blobs = corpse.document().blobs().stream().map(Descriptor::digest).toList();
      var lost = blobs.stream().filter(blob -> !rescue.bringBack(repository, blob)).toList();
      if (!lost.isEmpty() || !isStored(corpse, Optional.empty(), caller)) {
        return new Outcome.Incomplete(lost.isEmpty() ? List.of(digest) : lost);
      }
    }
    var restored = tags(tombstone.get(), caller);
    plan.corpses().values().forEach(corpse -> tombstones.expire(corpse.tombstone()));
    return new Outcome.Restored(
        List.copyOf(plan.corpses().keySet()), restored.tags(), restored.movedOn());
  }

  private void plan(RepositoryName repository, Digest digest, Plan plan, int depth) {
    if (depth > MAX_DEPTH || plan.corpses().containsKey(digest) || plan.gone().contains(digest)) {
      return;
    }
    var corpse = newest(repository, digest).flatMap(this::exhumed);
    if (corpse.isEmpty()) {
      plan.gone().add(digest);
      return;
    }
    for (var blob : corpse.get().document().blobs()) {
      if (!rescue.canBringBack(repository, blob.digest())) {
        plan.gone().add(blob.digest());
      }
    }
    for (var child : corpse.get().document().manifests()) {
      if (!isLive(repository, child.digest()) && !isOptional(repository, child.digest())) {
        plan(repository, child.digest(), plan, depth + 1);
      }
    }
    plan.corpses().put(digest, corpse.get());
  }

  /** A sparse index does without what is not there, and it may never have been. */
  private boolean isOptional(RepositoryName repository, Digest child) {
    return environment.settings().sparseIndexes() && newest(repository, child).isEmpty();
  }

  private Optional<Corpse> exhumed(TombstoneRecord tombstone) {
    var bytes =
        tombstone
            .bodyObject()
            .map(object -> environment.blobs().read(object, Limits.MANIFEST_BYTES))
            .orElseGet(
                () ->
                    tombstone
                        .inlineBody()
                        .map(small -> Compression.inflate(small, tombstone.sizeBytes())));
    return bytes
        .filter(b -> Digest.of(tombstone.digest().algorithm(), b).equals(tombstone.digest()))
        .map(
            b ->
                new Corpse(
                    tombstone,
                    ManifestReader.read(Optional.of(tombstone.mediaType().text()), b),
                    b));
  }

  private boolean isStored(Corpse corpse, Optional<Tag> tag, Caller caller) {
    var tombstone = corpse.tombstone();
    var push =
        new Push(
            tombstone.repository(),
            tag,
            tombstone.digest(),
            corpse.document(),
            corpse.bytes(),
            caller,
            "undelete manifest");
    return puts.put(push) instanceof PutResult.Stored;
  }

  /** Gives back the tags that are free; {@code manifests} stays empty. */
  private Outcome.Restored tags(TombstoneRecord tombstone, Caller caller) {
    var given = new ArrayList<Tag>();
    var movedOn = new ArrayList<Tag>();
    var history = new TagHistory(environment);
    for (var name : tombstone.tags()) {
      var tag = new Tag(name);
      boolean isThere = history.give(tombstone.repository(), tag, tombstone.digest(), caller);
      (isThere ? given : movedOn).add(tag);
    }
    return new Outcome.Restored(List.of(), given, movedOn);
  }

  private boolean isLive(RepositoryName repository, Digest digest) {
    return environment
        .metadata()
        .get(Keys.manifest(repository, digest), Consistency.STRONG)
        .map(ManifestRecord::of)
        .filter(manifest -> manifest.state() == ManifestRecord.State.LIVE)
        .isPresent();
  }

  /** The newest tombstone of a manifest; it may have been deleted more than once. */
  private Optional<TombstoneRecord> newest(RepositoryName repository, Digest digest) {
    Optional<TombstoneRecord> newest = Optional.empty();
    var next = Optional.of(Query.of(Keys.tombstones(repository), PAGE));
    while (next.isPresent()) {
      var query = next.get();
      var page = environment.metadata().query(query);
      for (var item : page.items()) {
        var tombstone = TombstoneRecord.of(item);
        newest = tombstone.digest().equals(digest) ? Optional.of(tombstone) : newest;
      }
      next = page.next().map(query::after);
    }
    return newest;
  }

  /** What can be brought back into a repository, the oldest deletion first. */
  public Listing list(RepositoryName repository, Optional<String> after) {
    var query = Query.of(Keys.tombstones(repository), PAGE);
    var page = environment.metadata().query(after.map(query::after).orElse(query));
    return new Listing(page.items().stream().map(TombstoneRecord::of).toList(), page.next());
  }

  /** A page of tombstones, and where to go on when there are more. */
  public record Listing(List<TombstoneRecord> tombstones, Optional<String> next) {
    /** Copies the list. */
    public Listing {
      tombstones = List.copyOf(tombstones);
    }
  }

  /** Refuses when a store does not keep what it was given. */
  static StoreException tooBusy(String what) {
    return new StoreException(what + " changes faster than it can be brought back");
  }
}
