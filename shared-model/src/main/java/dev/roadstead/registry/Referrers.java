package dev.roadstead.registry;

import dev.roadstead.document.DescriptorDocument;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Query;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifests that name a manifest as their subject (distribution spec, "Listing Referrers"). */
public final class Referrers {
  /** How many descriptors a page has at most. */
  public static final int MAX_PAGE = 100;

  /** How many bytes of descriptors a page has at most; one descriptor alone may be larger. */
  public static final int MAX_PAGE_BYTES = 3 * 1024 * 1024;

  private static final int MAX_RECORD_BYTES = 16 * 1024;
  private static final String DESCRIPTOR = "descriptor";
  private static final String SIZE = "sizeBytes";
  private static final String ARTIFACT_TYPE = "artifactType";

  private final Environment environment;
  private final Manifests manifests;

  /** Referrers in these stores. */
  public Referrers(Environment environment, Manifests manifests) {
    this.environment = environment;
    this.manifests = manifests;
  }

  /**
   * A page of descriptors.
   *
   * @param descriptors each one a JSON object, as bytes
   * @param next where to go on, when there are more
   */
  public record Listing(List<byte[]> descriptors, Optional<String> next) {
    /** Copies the list. */
    public Listing {
      descriptors = List.copyOf(descriptors);
    }
  }

  /** Lists the referrers of a manifest, which need not exist, from behind this place on. */
  public Listing list(
      RepositoryName repository,
      Digest subject,
      Optional<String> artifactType,
      Optional<String> after) {
    var prefix = artifactType.map(type -> Keys.typeHash(type) + "#").orElse("");
    var query =
        new Query(Keys.referrers(repository, subject), prefix, after, MAX_PAGE, Consistency.STRONG);
    var page = environment.metadata().query(query);
    var descriptors = new ArrayList<byte[]>();
    long bytes = 0;
    Optional<String> last = Optional.empty();
    for (var item : page.items()) {
      // Hashes of types are short, so two types may share one.
      if (artifactType.isPresent() && !artifactType.equals(item.textIfAny(ARTIFACT_TYPE))) {
        continue;
      }
      var descriptor = descriptor(repository, item);
      bytes += descriptor.map(d -> d.length).orElse(0);
      if (bytes > MAX_PAGE_BYTES && !descriptors.isEmpty()) {
        return new Listing(descriptors, last);
      }
      descriptor.ifPresent(descriptors::add);
      last = Optional.of(item.key().sort());
    }
    return new Listing(descriptors, page.next());
  }

  private Optional<byte[]> descriptor(RepositoryName repository, Item item) {
    var stored = item.bytesIfAny(DESCRIPTOR);
    if (stored.isPresent()) {
      return Optional.of(Compression.inflate(stored.get(), item.number(SIZE)));
    }
    return manifests
        .read(repository, referrer(item.key()))
        .map(
            manifest ->
                DescriptorDocument.write(
                    manifest.info(),
                    ManifestReader.read(
                        Optional.of(manifest.info().mediaType().text()), manifest.bytes())));
  }

  /** The manifest that an entry is about. */
  static Digest referrer(Key entry) {
    return Digest.parse(entry.sort().substring(entry.sort().indexOf('#') + 1));
  }

  /**
   * The record of one referrer; its descriptor lies in it unless that is large, then it is made
   * from the manifest when it is listed.
   */
  static Write entry(ManifestPut.Push push, Digest subject) {
    var artifactType = push.document().artifactType().orElse("");
    var key = Keys.referrer(push.repository(), subject, artifactType, push.digest());
    var descriptor = DescriptorDocument.write(push.info(), push.document());
    var small = Compression.deflate(descriptor);
    var item = Item.at(key).with(ARTIFACT_TYPE, artifactType).with(SIZE, descriptor.length);
    if (small.length <= MAX_RECORD_BYTES) {
      item.with(DESCRIPTOR, Value.of(small));
    }
    return new Write.Put(item.build(), Condition.NONE);
  }
}
