package dev.roadstead.registry.check;

import dev.roadstead.document.DescriptorDocument;
import dev.roadstead.document.ManifestDocument;
import dev.roadstead.document.ManifestReader;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.registry.Child;
import dev.roadstead.registry.Compression;
import dev.roadstead.registry.check.Known.Source;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.route.Limits;
import dev.roadstead.store.BlobStore;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.MetadataStore;
import dev.roadstead.store.ObjectKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bodies of all manifests, wherever a copy lies: in their records, beside tags, in tombstones,
 * in other repositories. Only what has the digest counts.
 */
final class Bodies {
  private static final String BODY = "body";
  private static final String OBJECT = "bodyObject";

  private final MetadataStore metadata;
  private final BlobStore blobs;
  private final Map<String, Long> sizes;
  private final Map<String, Known> known = new HashMap<>();

  /** Which copies are whole: {@code kind name} of the record that has it or names its object. */
  private final Map<String, Boolean> whole = new HashMap<>();

  Bodies(Census census, MetadataStore metadata, BlobStore blobs) {
    this.metadata = metadata;
    this.blobs = blobs;
    this.sizes = census.objects();
    census.all(Kind.MANIFEST).forEach((name, item) -> look(Kind.MANIFEST, name, item, last(name)));
    census.all(Kind.BODY).forEach((name, item) -> look(Kind.BODY, name, item, last(name)));
    census
        .all(Kind.TAG)
        .forEach(
            (name, item) ->
                Right.text(Optional.of(item), "digest", Form.DIGEST)
                    .ifPresent(digest -> look(Kind.TAG, name, item, digest)));
    census
        .all(Kind.TOMBSTONE)
        .forEach(
            (name, item) ->
                look(Kind.TOMBSTONE, name, item, name.substring(name.indexOf('#') + 1)));
  }

  static String last(String name) {
    return name.substring(name.lastIndexOf(Kind.BETWEEN) + 1);
  }

  private void look(Kind kind, String name, Item item, String digest) {
    var small = item.bytesIfAny(BODY);
    if (small.isPresent()) {
      var found = accept(digest, inflated(small.get()), new Source.Beside(item.key()));
      whole.put(place(kind, name, BODY), found);
    }
    var object = Right.text(Optional.of(item), OBJECT, Form.OBJECT_KEY).map(ObjectKey::new);
    if (object.isPresent()) {
      var bytes = read(object.get()).orElse(new byte[0]);
      whole.put(place(kind, name, OBJECT), accept(digest, bytes, new Source.Whole(object.get())));
    }
  }

  private boolean accept(String text, byte[] bytes, Source source) {
    var digest = Digest.parse(text);
    if (!Digest.of(digest.algorithm(), bytes).equals(digest)) {
      return false;
    }
    if (!known.containsKey(text)) {
      parsed(bytes).ifPresent(document -> known.put(text, of(digest, bytes, document, source)));
    }
    return known.containsKey(text);
  }

  private static Known of(Digest digest, byte[] bytes, ManifestDocument document, Source source) {
    var children = new LinkedHashSet<Child>();
    document.blobs().forEach(blob -> children.add(new Child(Child.Kind.BLOB, blob.digest())));
    document
        .manifests()
        .forEach(each -> children.add(new Child(Child.Kind.MANIFEST, each.digest())));
    var info = new Descriptor(document.mediaType(), digest, bytes.length);
    return new Known(
        digest,
        bytes.length,
        document.mediaType(),
        saysType(document.mediaType(), bytes),
        Child.pack(List.copyOf(children)),
        document.subject(),
        document.artifactType(),
        document.subject().map(subject -> DescriptorDocument.write(info, document)),
        source);
  }

  private static Optional<ManifestDocument> parsed(byte[] bytes) {
    try {
      return Optional.of(ManifestReader.read(Optional.empty(), bytes));
    } catch (RegistryException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether the bytes name their type: then the reader believes no other. */
  private static boolean saysType(MediaType type, byte[] bytes) {
    try {
      ManifestReader.read(Optional.of(twin(type).text()), bytes);
      return false;
    } catch (RegistryException refused) {
      return true;
    }
  }

  /** The type of another maker that looks the same. */
  static MediaType twin(MediaType type) {
    if (type.isIndex()) {
      return type.equals(MediaType.OCI_INDEX) ? MediaType.DOCKER_LIST : MediaType.OCI_INDEX;
    }
    return type.equals(MediaType.OCI_MANIFEST) ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST;
  }

  /** What is known of a manifest; empty when no copy of its bytes was found. */
  Optional<Known> of(String digest) {
    return Optional.ofNullable(known.get(digest));
  }

  /** Whether this record has a whole copy, in itself or in its object. */
  boolean isWhole(Kind kind, String name, String attribute) {
    return whole.getOrDefault(place(kind, name, attribute), false);
  }

  private static String place(Kind kind, String name, String attribute) {
    return kind + " " + name + " " + attribute;
  }

  /** The bytes, read again from where they were found. */
  byte[] bytes(Known manifest) {
    var found =
        switch (manifest.source()) {
          case Source.Beside(var key) ->
              metadata
                  .get(key, Consistency.STRONG)
                  .flatMap(item -> item.bytesIfAny(BODY))
                  .map(Bodies::inflated);
          case Source.Whole(var object) -> read(object);
        };
    return found.orElse(new byte[0]);
  }

  /** Only what is there and short enough: a store that then fails is no body that is lost. */
  private Optional<byte[]> read(ObjectKey object) {
    return Optional.ofNullable(sizes.get(object.text()))
        .filter(sizeBytes -> sizeBytes <= Limits.MANIFEST_BYTES)
        .flatMap(sizeBytes -> blobs.read(object, Limits.MANIFEST_BYTES));
  }

  static byte[] inflated(byte[] small) {
    return Compression.inflateUpTo(small, Limits.MANIFEST_BYTES).orElse(new byte[0]);
  }
}
