package dev.roadstead.registry;

import static dev.roadstead.registry.Contents.isHinted;
import static dev.roadstead.registry.Contents.last;
import static dev.roadstead.registry.Contents.number;
import static dev.roadstead.registry.Contents.repository;
import static dev.roadstead.registry.Contents.text;

import dev.roadstead.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An independent judge: looks at the raw contents of both stores, without the protocols' own code,
 * and tells what is not as the design says ({@code I1}, {@code Counts}, {@code I5}, {@code I6} of
 * the specifications).
 */
public final class Safe {
  private final Contents contents;
  private final ManifestContents manifests;
  private final List<String> violations = new ArrayList<>();

  private Safe(Contents contents, ManifestContents manifests) {
    this.contents = contents;
    this.manifests = manifests;
  }

  /** Everything that is wrong; nothing, if all is well. */
  static List<String> violations(World world) {
    return violations(world.all(), StoredBytes.of(world.objects()));
  }

  /** The same for a registry that nobody uses at the moment. */
  public static List<String> violations(List<Item> items, StoredBytes objects) {
    var contents = Contents.of(items);
    var judge = new Safe(contents, ManifestContents.of(contents, objects));
    judge.knowsEveryItem();
    judge.manifestsMissNothing();
    judge.tagsPointToManifests();
    judge.historyEndsWhereTagsAre();
    judge.linksAndBlobsAgree();
    judge.countsAreExact();
    judge.check(contents.stripesAreWhole(), "there are stripes too many, or too few");
    judge.candidatesAreHinted();
    judge.referrersAreThoseOfManifests();
    judge.repositoriesAreListed();
    judge.violations.addAll(new SafeObjects(contents, objects).violations());
    return judge.violations;
  }

  /** Objects of direct PUTs that nothing names; events are there to have them removed. */
  static List<String> unnamedDirectPuts(World world) {
    return unnamedDirectPuts(world.all(), StoredBytes.of(world.objects()));
  }

  /** The same for a registry that nobody uses at the moment. */
  public static List<String> unnamedDirectPuts(List<Item> items, StoredBytes objects) {
    return new SafeObjects(Contents.of(items), objects).unnamedDirectPuts();
  }

  private void check(boolean holds, String violation) {
    if (!holds) {
      violations.add(violation);
    }
  }

  private void knowsEveryItem() {
    contents
        .strangers()
        .forEach(item -> check(false, "an item of no known kind: %s".formatted(item.key())));
  }

  private void manifestsMissNothing() {
    contents.manifests().forEach(this::missesNothing);
    contents
        .bodies()
        .forEach(
            (name, body) ->
                check(
                    contents.manifests().containsKey(name.substring(0, name.length() - 2)),
                    "a body without its manifest: %s".formatted(name)));
  }

  private void missesNothing(String name, Item manifest) {
    check(
        Set.of("LIVE", "STAGED", "DELETING").contains(text(manifest, "state")),
        "%s has no state".formatted(name));
    var parsed = manifests.of(name);
    check(parsed.isPresent(), "the body of %s is missing or altered".formatted(name));
    if (parsed.isEmpty()) {
      return;
    }
    var here = repository(name);
    for (var blob : parsed.get().blobs()) {
      check(
          contents.links().containsKey(here + "!" + blob),
          "%s misses the blob %s".formatted(name, blob));
    }
    for (var child : parsed.get().manifests()) {
      check(
          contents.manifest(here, child).map(m -> text(m, "state")).equals(Optional.of("LIVE")),
          "%s misses the manifest %s".formatted(name, child));
    }
  }

  private void tagsPointToManifests() {
    contents.tags().forEach(this::pointsToManifest);
  }

  private void pointsToManifest(String name, Item tag) {
    var manifest = contents.manifest(repository(name), text(tag, "digest"));
    check(manifest.isPresent(), "the tag %s points to nothing".formatted(name));
    manifest.ifPresent(
        m -> {
          check(
              text(m, "state").equals("LIVE")
                  || isHinted(contents.progressOf(repository(name), text(tag, "digest"))),
              "the tag %s points to a manifest whose deletion nobody will go on with"
                  .formatted(name));
          check(
              text(m, "mediaType").equals(text(tag, "mediaType"))
                  && number(m, "sizeBytes") == number(tag, "sizeBytes"),
              "the tag %s describes its manifest wrongly".formatted(name));
          tag.bytesIfAny("body")
              .ifPresent(
                  small ->
                      check(
                          ManifestContents.has(small, text(tag, "digest")),
                          "the body beside the tag %s is altered".formatted(name)));
        });
  }

  private void historyEndsWhereTagsAre() {
    var newest =
        contents.moves().values().stream()
            .collect(
                Collectors.toMap(
                    move -> move.key().partition().replaceFirst("R#(.+)#H#(.+)", "$1!$2"),
                    move -> move,
                    (a, b) -> a.key().sort().compareTo(b.key().sort()) > 0 ? a : b));
    newest.forEach(
        (name, move) ->
            check(
                text(move, "digest")
                    .equals(
                        Optional.ofNullable(contents.tags().get(name))
                            .map(tag -> text(tag, "digest"))
                            .orElse("")),
                "the history of %s ends elsewhere".formatted(name)));
    contents
        .tags()
        .keySet()
        .forEach(
            name -> check(newest.containsKey(name), "the tag %s has no history".formatted(name)));
  }

  private void linksAndBlobsAgree() {
    contents
        .links()
        .forEach(
            (name, link) -> {
              var blob = Optional.ofNullable(contents.blobs().get(last(name)));
              check(
                  blob.map(b -> text(b, "objectKey")).equals(Optional.of(text(link, "objectKey"))),
                  "the link %s and its blob name different objects".formatted(name));
              check(
                  blob.map(b -> number(b, "sizeBytes"))
                      .equals(Optional.of(number(link, "sizeBytes"))),
                  "the link %s and its blob have different sizes".formatted(name));
            });
  }

  private void countsAreExact() {
    contents
        .links()
        .forEach(
            (name, link) -> {
              long right = manifests.countNaming(name);
              check(
                  link.has("refs") && contents.refs(link) == right,
                  "%s has refs [%s], right is %s".formatted(name, contents.refs(link), right));
            });
    contents
        .blobs()
        .forEach(
            (digest, blob) -> {
              long links =
                  contents.links().keySet().stream().filter(l -> last(l).equals(digest)).count();
              counts(digest, blob, "links", links);
              check(links > 0, "the blob %s is in no repository".formatted(digest));
            });
    contents
        .manifests()
        .forEach(
            (name, manifest) -> {
              var tags = tagsOf(name);
              counts(name, manifest, "tags", tags.size());
              counts(name, manifest, "parents", manifests.countNaming(name));
              var names = manifest.names("tagNames");
              check(
                  manifest.has("manyTags") ? tags.containsAll(names) : tags.equals(names),
                  "%s says its tags are %s, they are %s".formatted(name, names, tags));
            });
  }

  private Set<String> tagsOf(String manifest) {
    return contents.tags().entrySet().stream()
        .filter(tag -> repository(tag.getKey()).equals(repository(manifest)))
        .filter(tag -> text(tag.getValue(), "digest").equals(last(manifest)))
        .map(tag -> last(tag.getKey()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void counts(String name, Item item, String counter, long right) {
    check(
        item.numberIfAny(counter).orElse(-1) == right,
        "%s has %s %s, right is %s".formatted(name, counter, item.numberIfAny(counter), right));
  }

  private void candidatesAreHinted() {
    contents
        .links()
        .forEach((n, i) -> check(contents.refs(i) > 0 || isHinted(i), "idle: %s".formatted(n)));
    contents
        .manifests()
        .forEach(
            (name, manifest) ->
                check(
                    number(manifest, "tags") + number(manifest, "parents") > 0
                        || isHinted(manifest)
                        || isHinted(contents.progressOf(repository(name), last(name)))
                        || willBeHintedWithItsSubject(repository(name), manifest),
                    "nothing points to %s, and nobody will look".formatted(name)));
    Map.of(
            "session", contents.sessions(),
            "orphan", contents.orphans(),
            "trash", contents.trash(),
            "tombstone", contents.tombstones(),
            "progress", contents.progress())
        .forEach(
            (kind, items) ->
                items.forEach(
                    (n, i) -> check(isHinted(i), "a %s without hint: %s".formatted(kind, n))));
  }

  /** Its subject is there, or has left a tombstone that was not looked at yet. */
  private boolean willBeHintedWithItsSubject(String repository, Item referrer) {
    var subject = text(referrer, "subject");
    return contents.manifest(repository, subject).isPresent()
        || contents.tombstones().values().stream()
            .filter(t -> t.key().partition().equals("R#" + repository + "#Z"))
            .filter(t -> t.key().sort().endsWith("#" + subject))
            .anyMatch(t -> isHinted(t) && !t.has("referrersQueued"));
  }

  private void referrersAreThoseOfManifests() {
    var entries =
        contents.referrers().values().stream()
            .map(
                entry ->
                    entry.key().partition().replaceFirst("R#(.+)#S#(.+)", "$1!$2")
                        + " "
                        + entry.key().sort().substring(9))
            .collect(Collectors.toCollection(TreeSet::new));
    check(
        entries.equals(manifests.subjects()),
        "referrers are %s, right is %s".formatted(entries, manifests.subjects()));
  }

  private void repositoriesAreListed() {
    check(
        contents.repositories().keySet().equals(contents.catalog().keySet()),
        "repositories and catalog differ: %s, %s"
            .formatted(contents.repositories().keySet(), contents.catalog().keySet()));
    contents
        .manifests()
        .forEach(
            (name, manifest) ->
                check(
                    text(manifest, "state").equals("STAGED")
                        || contents.repositories().containsKey(repository(name)),
                    "%s is in no repository that exists".formatted(name)));
  }
}
