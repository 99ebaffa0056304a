package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.Child;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Item;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which object holds the bytes of each blob. Where all records agree and the size is right, they
 * are believed; where anything is odd, the bytes are read. Bytes that no record leads to are found
 * by hashing the objects that nothing names.
 */
final class Located {
  private static final String OBJECT = "objectKey";
  private static final String SIZE = "sizeBytes";

  /** The bytes of a blob. */
  record Place(String object, long sizeBytes) {}

  private final Census census;
  private final Hashes hashes;
  private final boolean distrust;
  private final Map<String, Place> places = new TreeMap<>();
  private final Set<String> lost = new TreeSet<>();

  /** Repositories that must have a link, by digest. */
  private final Map<String, Set<String>> repositories = new TreeMap<>();

  private final Map<String, Set<String>> linked = new HashMap<>();
  private final Map<String, Set<String>> trashed = new HashMap<>();
  private final Map<String, Set<String>> direct = new HashMap<>();

  /**
   * Finds every blob.
   *
   * @param distrust whether no record is believed without its bytes
   */
  Located(Census census, Facts facts, Hashes hashes, boolean distrust) {
    this.census = census;
    this.hashes = hashes;
    this.distrust = distrust;
    facts.manifests().forEach((name, manifest) -> wanted(Facts.repository(name), manifest));
    census.all(Kind.LINK).forEach(this::addLink);
    census.all(Kind.TRASH).forEach((name, item) -> addTrash(name, item));
    census.objects().keySet().stream()
        .filter(key -> key.startsWith("in/"))
        .forEach(this::addDirect);
    var digests = new TreeSet<>(repositories.keySet());
    digests.addAll(census.all(Kind.BLOB).keySet());
    digests.forEach(this::find);
    if (!lost.isEmpty()) {
      searchUnnamed();
    }
  }

  private void wanted(String repository, Known manifest) {
    manifest.namedChildren().stream()
        .filter(child -> child.kind() == Child.Kind.BLOB)
        .forEach(child -> add(repositories, child.digest().toString(), repository));
  }

  private void addLink(String name, Item link) {
    var digest = Bodies.last(name);
    add(repositories, digest, Facts.repository(name));
    Right.text(Optional.of(link), OBJECT, Form.OBJECT_KEY)
        .ifPresent(object -> add(linked, digest, object));
  }

  private void addTrash(String name, Item trash) {
    if (!trash.has("attempts")) {
      add(trashed, Facts.parent(name), Bodies.last(name));
    }
  }

  private void addDirect(String key) {
    var parts = key.split("/", -1);
    if (parts.length == 4) {
      add(direct, "sha256:" + parts[2], key);
    }
  }

  private static void add(Map<String, Set<String>> sets, String name, String value) {
    sets.computeIfAbsent(name, each -> new LinkedHashSet<>()).add(value);
  }

  private void find(String text) {
    var digest = Digest.parse(text);
    var blob = census.one(Kind.BLOB, text);
    var own = Right.text(blob, OBJECT, Form.OBJECT_KEY);
    var links = linked.getOrDefault(text, Set.of());
    if (!distrust && own.isPresent() && Set.of(own.get()).containsAll(links)) {
      boolean rightSize =
          Right.number(blob, SIZE).equals(Optional.ofNullable(census.objects().get(own.get())));
      if (rightSize && !hashes.isKnownToBeOther(own.get(), digest)) {
        places.put(text, new Place(own.get(), census.objects().getOrDefault(own.get(), 0L)));
        return;
      }
    }
    var candidates = new LinkedHashSet<String>();
    own.ifPresent(candidates::add);
    candidates.addAll(links);
    candidates.addAll(trashed.getOrDefault(text, Set.of()));
    candidates.addAll(direct.getOrDefault(text, Set.of()));
    for (var candidate : candidates) {
      if (holds(candidate, digest)) {
        places.put(text, new Place(candidate, census.objects().getOrDefault(candidate, 0L)));
        return;
      }
    }
    lost.add(text);
  }

  private boolean holds(String key, Digest digest) {
    return census.objects().containsKey(key)
        && hashes.of(key, digest.algorithm()).equals(Optional.of(digest));
  }

  /** Hashes what nothing names, in case it is what is missing. */
  private void searchUnnamed() {
    var named = new HashSet<String>();
    places.values().forEach(place -> named.add(place.object()));
    for (var key : census.objects().keySet()) {
      if (named.contains(key) || !key.startsWith("data/")) {
        continue;
      }
      for (var text : List.copyOf(lost)) {
        if (holds(key, Digest.parse(text))) {
          places.put(text, new Place(key, census.objects().getOrDefault(key, 0L)));
          lost.remove(text);
        }
      }
    }
  }

  /** Where a blob's bytes are; empty when they are lost. */
  Optional<Place> of(String digest) {
    return Optional.ofNullable(places.get(digest));
  }

  /** Blobs that are somewhere, with the place of their bytes. */
  Map<String, Place> places() {
    return places;
  }

  /** Blobs that some record needs and whose bytes are nowhere. */
  Set<String> lost() {
    return lost;
  }

  /** The repositories that have a link to a blob, or must have one. */
  Set<String> repositories(String digest) {
    return repositories.getOrDefault(digest, Set.of());
  }
}
