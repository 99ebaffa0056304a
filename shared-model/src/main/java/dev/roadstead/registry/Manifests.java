package dev.roadstead.registry;

import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.Reference;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.ManifestRecord.State;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Query;
import java.util.List;
import java.util.Optional;

/** Manifests of a repository, found by tag or by digest. Pulling by tag is one read. */
public final class Manifests {
  private final Environment environment;
  private final ManifestBodies bodies;

  /** Manifests in these stores. */
  public Manifests(Environment environment) {
    this.environment = environment;
    this.bodies = new ManifestBodies(environment);
  }

  /** What is known of a manifest without its bytes. */
  public Optional<Descriptor> find(RepositoryName repository, Reference reference) {
    return switch (reference) {
      case Tag tag ->
          tag(repository, tag)
              .map(found -> new Descriptor(found.mediaType(), found.digest(), found.sizeBytes()));
      case Digest digest ->
          record(repository, digest, Consistency.EVENTUAL)
              .or(() -> record(repository, digest, Consistency.STRONG))
              .map(found -> new Descriptor(found.mediaType(), digest, found.sizeBytes()));
    };
  }

  /** A manifest with its bytes. */
  public Optional<StoredManifest> read(RepositoryName repository, Reference reference) {
    return switch (reference) {
      case Tag tag -> byTag(repository, tag);
      case Digest digest ->
          byDigest(repository, digest, Consistency.EVENTUAL)
              .or(() -> byDigest(repository, digest, Consistency.STRONG));
    };
  }

  private Optional<StoredManifest> byTag(RepositoryName repository, Tag tag) {
    var found = tag(repository, tag);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var record = found.get();
    var info = new Descriptor(record.mediaType(), record.digest(), record.sizeBytes());
    return record
        .inlineBody()
        .map(small -> new StoredManifest(info, Compression.inflate(small, info.sizeBytes())))
        .or(() -> byDigest(repository, record.digest(), Consistency.STRONG))
        .or(() -> confirmed(repository, tag, record.digest()));
  }

  /**
   * A transaction is not one moment for plain reads: the tag may be seen before its manifest. So a
   * missing manifest is believed only when tag and manifest were read at one moment.
   */
  private Optional<StoredManifest> confirmed(RepositoryName repository, Tag tag, Digest digest) {
    var manifestKey = Keys.manifest(repository, digest);
    var keys =
        List.of(Keys.tag(repository, tag), manifestKey, Keys.manifestBody(repository, digest));
    var found = environment.metadata().snapshot(keys);
    boolean moved =
        found.get(0).map(TagRecord::of).filter(t -> !t.digest().equals(digest)).isPresent();
    return moved
        ? read(repository, tag)
        : found.get(1).flatMap(item -> whole(digest, item, found.get(2)));
  }

  private Optional<StoredManifest> byDigest(
      RepositoryName repository, Digest digest, Consistency consistency) {
    var key = Keys.manifest(repository, digest);
    var query = Query.of(key.partition(), 2).beginningWith(key.sort());
    var found =
        environment
            .metadata()
            .query(consistency == Consistency.EVENTUAL ? query.eventual() : query)
            .items();
    var body = Keys.manifestBody(repository, digest);
    return at(found, key)
        .flatMap(
            item -> whole(digest, item, at(found, body)).or(() -> atOneMoment(repository, digest)));
  }

  /** Likewise, a manifest's record may be seen before the record of its body. */
  private Optional<StoredManifest> atOneMoment(RepositoryName repository, Digest digest) {
    var keys = List.of(Keys.manifest(repository, digest), Keys.manifestBody(repository, digest));
    var found = environment.metadata().snapshot(keys);
    return found.get(0).flatMap(item -> whole(digest, item, found.get(1)));
  }

  private Optional<StoredManifest> whole(Digest digest, Item item, Optional<Item> ownRecord) {
    var record = ManifestRecord.of(item);
    var info = new Descriptor(record.mediaType(), digest, record.sizeBytes());
    return Optional.of(record)
        .filter(found -> found.state() == State.LIVE)
        .flatMap(found -> bodies.load(found, ownRecord))
        .map(bytes -> new StoredManifest(info, bytes));
  }

  private static Optional<Item> at(List<Item> items, Key key) {
    return items.stream().filter(item -> item.key().equals(key)).findFirst();
  }

  private Optional<TagRecord> tag(RepositoryName repository, Tag tag) {
    return environment
        .metadata()
        .get(Keys.tag(repository, tag), Consistency.STRONG)
        .map(TagRecord::of);
  }

  private Optional<ManifestRecord> record(
      RepositoryName repository, Digest digest, Consistency consistency) {
    return environment
        .metadata()
        .get(Keys.manifest(repository, digest), consistency)
        .map(ManifestRecord::of)
        .filter(found -> found.state() == State.LIVE);
  }
}
