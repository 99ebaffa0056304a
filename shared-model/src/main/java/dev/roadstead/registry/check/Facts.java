package dev.roadstead.registry.check;

import dev.roadstead.registry.Child;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What follows from the manifests that were found: which are there, or must be again, what points
 * to them, and how often they name what.
 */
final class Facts {
  private final Census census;
  private final Bodies bodies;
  private final Map<String, TagVerdict> tags = new TreeMap<>();
  private final Map<String, Known> there = new TreeMap<>();
  private final Map<String, List<Child>> counts = new TreeMap<>();
  private final Map<String, List<Child>> named = new TreeMap<>();
  private final Map<String, Long> naming = new HashMap<>();
  private final Map<String, SortedSet<String>> tagNames = new HashMap<>();

  /**
   * Draws the conclusions.
   *
   * @param rebuild whether a tag comes back that only a manifest remembers
   */
  Facts(Census census, Bodies bodies, boolean rebuild) {
    this.census = census;
    this.bodies = bodies;
    var names = new TreeSet<String>(census.all(Kind.TAG).keySet());
    census.all(Kind.MOVE).keySet().forEach(move -> names.add(parent(move)));
    var remembered = remembered();
    names.addAll(remembered.keySet());
    for (var name : names) {
      var only = rebuild ? remembered.getOrDefault(name, List.of()) : List.<String>of();
      tags.put(name, TagVerdict.of(census, bodies, name, only));
    }
    findManifests();
    tags.forEach(
        (name, verdict) ->
            verdict
                .target()
                .ifPresent(
                    digest ->
                        tagNames
                            .computeIfAbsent(
                                repository(name) + Kind.BETWEEN + digest, each -> new TreeSet<>())
                            .add(Bodies.last(name))));
    counts.forEach(
        (name, children) ->
            children.forEach(
                child ->
                    naming.merge(repository(name) + Kind.BETWEEN + child.digest(), 1L, Long::sum)));
  }

  /** For each tag that a manifest says it has: the digests of those manifests. */
  private Map<String, List<String>> remembered() {
    var found = new TreeMap<String, List<String>>();
    census
        .all(Kind.MANIFEST)
        .forEach(
            (name, item) ->
                item.names("tagNames")
                    .forEach(
                        tag ->
                            found
                                .computeIfAbsent(
                                    repository(name) + Kind.BETWEEN + tag, t -> new ArrayList<>())
                                .add(Bodies.last(name))));
    return found;
  }

  private void findManifests() {
    var open = new ArrayDeque<String>(census.all(Kind.MANIFEST).keySet());
    open.addAll(census.all(Kind.BODY).keySet());
    tags.forEach(
        (name, verdict) ->
            verdict
                .target()
                .ifPresent(digest -> open.add(repository(name) + Kind.BETWEEN + digest)));
    while (!open.isEmpty()) {
      var name = open.pop();
      var manifest = bodies.of(Bodies.last(name));
      if (manifest.isPresent() && there.putIfAbsent(name, manifest.get()) == null) {
        var absent = Sparse.absent(census, name, manifest.get());
        var counted = new ArrayList<>(manifest.get().namedChildren());
        counted.removeAll(absent);
        named.put(name, List.copyOf(counted));
        counts.put(name, halfWay(name, counted));
        counted(name).stream()
            .filter(child -> child.kind() == Child.Kind.MANIFEST)
            .forEach(child -> open.add(repository(name) + Kind.BETWEEN + child.digest()));
      }
    }
  }

  /** Of a manifest that is put or deleted in steps only what is behind the cursor is counted. */
  private List<Child> halfWay(String name, List<Child> all) {
    var manifest = census.one(Kind.MANIFEST, name);
    var cursor =
        census.one(Kind.PROGRESS, name).flatMap(item -> Right.number(Optional.of(item), "cursor"));
    boolean isHalfWay =
        manifest
            .flatMap(item -> item.textIfAny("state"))
            .filter(s -> !s.equals("LIVE"))
            .isPresent();
    if (!isHalfWay || cursor.isEmpty()) {
      return all;
    }
    return Sparse.unpacked(manifest, "children")
        .filter(said -> said.size() == all.size() && Set.copyOf(said).equals(Set.copyOf(all)))
        .orElse(all)
        .stream()
        .limit(Math.max(0, cursor.get()))
        .toList();
  }

  /** Whether nobody sees it, because it is still being put. */
  boolean isStaged(String name) {
    return census
        .one(Kind.MANIFEST, name)
        .flatMap(item -> item.textIfAny("state"))
        .filter("STAGED"::equals)
        .isPresent();
  }

  static String repository(String name) {
    return name.substring(0, name.indexOf(Kind.BETWEEN));
  }

  /** The name without its last part. */
  static String parent(String name) {
    return name.substring(0, name.lastIndexOf(Kind.BETWEEN));
  }

  Census census() {
    return census;
  }

  Bodies bodies() {
    return bodies;
  }

  /** Every tag, by name. */
  Map<String, TagVerdict> tags() {
    return tags;
  }

  /** Every manifest that is there, or can and must be there again, by name. */
  Map<String, Known> manifests() {
    return there;
  }

  /** What a manifest names, but what a sparse index does without. */
  List<Child> named(String name) {
    return named.getOrDefault(name, List.of());
  }

  /** What a manifest counts at: all that it names, but what a sparse index does without. */
  List<Child> counted(String name) {
    return counts.getOrDefault(name, List.of());
  }

  /** How many manifests of its repository count at this blob or manifest. */
  long naming(String name) {
    return naming.getOrDefault(name, 0L);
  }

  /** The tags that point to a manifest. */
  SortedSet<String> tagsOf(String name) {
    return tagNames.getOrDefault(name, new TreeSet<>());
  }

  /**
   * What is true of one tag.
   *
   * @param tag its record
   * @param newest the newest entry of its history
   * @param target the digest it must point to; empty when it must not be there
   * @param version of the tag, and of the newest entry, once both are right
   * @param movesOn whether the history needs an entry more; else the newest one is or becomes right
   */
  record TagVerdict(
      Optional<Item> tag,
      Optional<Item> newest,
      Optional<String> target,
      long version,
      boolean movesOn) {

    static TagVerdict of(Census census, Bodies bodies, String name, List<String> only) {
      var tag = census.one(Kind.TAG, name);
      var history = census.below(Kind.MOVE, name);
      var newest =
          history.isEmpty() ? Optional.<Item>empty() : Optional.of(history.lastEntry().getValue());
      var target = target(census, bodies, name, tag, newest);
      if (tag.isEmpty() && newest.isEmpty() && only.size() == 1) {
        target = Optional.of(only.getFirst()).filter(digest -> bodies.of(digest).isPresent());
      }
      long newestVersion = newest.map(move -> Long.parseLong(move.key().sort())).orElse(0L);
      var own = Right.number(tag, "version");
      var said = Right.text(newest, "digest", Form.DIGEST);
      if (newest.isPresent() && (said.equals(target) || own.equals(Optional.of(newestVersion)))) {
        boolean entryIsRight = said.equals(target);
        // A tag that has to go leaves an entry that says so.
        boolean goes = target.isEmpty() && !entryIsRight;
        return new TagVerdict(tag, newest, target, goes ? newestVersion + 1 : newestVersion, goes);
      }
      boolean nothing = target.isEmpty() && newest.isEmpty() && tag.isEmpty();
      long version = Math.max(newestVersion + 1, own.orElse(1L));
      return new TagVerdict(tag, newest, target, version, !nothing);
    }

    /** Tag, history and manifest each say something; two of them are believed. */
    private static Optional<String> target(
        Census census, Bodies bodies, String name, Optional<Item> tag, Optional<Item> newest) {
      var own = Right.text(tag, "digest", Form.DIGEST).filter(d -> bodies.of(d).isPresent());
      var moved = Right.text(newest, "digest", Form.DIGEST).filter(d -> bodies.of(d).isPresent());
      if (own.isPresent() && own.equals(moved)) {
        return own;
      }
      boolean ownRemembered = own.filter(d -> remembers(census, name, d)).isPresent();
      boolean movedRemembered = moved.filter(d -> remembers(census, name, d)).isPresent();
      if (tag.isPresent()) {
        return own.isEmpty() || (movedRemembered && !ownRemembered) ? moved.or(() -> own) : own;
      }
      return moved.filter(d -> movedRemembered);
    }

    private static boolean remembers(Census census, String name, String digest) {
      var manifest = census.one(Kind.MANIFEST, repository(name) + Kind.BETWEEN + digest);
      return manifest
          .filter(
              item -> item.names("tagNames").contains(Bodies.last(name)) || item.has("manyTags"))
          .isPresent();
    }
  }
}
