package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Child;
import dev.roadstead.registry.Compression;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges manifests and their bodies; what has lost its bytes, or a part of them, goes last. */
final class ManifestJudge {
  private static final int RECORD_BYTES = 8 * 1024;
  private static final int OWN_RECORD_BYTES = 350 * 1024;
  private static final int MAX_TAG_NAMES = 64;
  private static final Set<String> STATES = Set.of("LIVE", "STAGED", "DELETING");

  private final Run run;
  private final Facts facts;
  private final Set<String> broken = new TreeSet<>();

  ManifestJudge(Run run) {
    this.run = run;
    this.facts = run.facts();
  }

  void judge() {
    facts.manifests().forEach(this::judge);
    facts.manifests().forEach(this::findBroken);
    spreadToIndexes();
    var goodbye = new Farewell(run);
    broken.forEach(name -> goodbye.leaves(name, problem(name)));
    run.census()
        .all(Kind.MANIFEST)
        .forEach(
            (name, item) -> {
              if (!facts.manifests().containsKey(name)) {
                goodbye.leaves(name, "its bytes are lost");
              }
            });
    run.census().all(Kind.BODY).forEach(this::judgeBody);
    judgeProgress();
  }

  /**
   * Somebody must go on with what is half-way; with what is not known to come, by taking it apart.
   */
  private void judgeProgress() {
    var names = new TreeSet<>(run.census().all(Kind.PROGRESS).keySet());
    run.census()
        .all(Kind.MANIFEST)
        .forEach(
            (name, item) -> {
              if (Set.of("STAGED", "DELETING").contains(item.textIfAny("state").orElse(""))) {
                names.add(name);
              }
            });
    for (var name : names) {
      var key =
          Keys.progress(
              new RepositoryName(Facts.repository(name)), Digest.parse(Bodies.last(name)));
      var right = new Right(key, run.census().one(Kind.PROGRESS, name));
      right
          .is("direction", direction(name))
          .is("cursor", facts.counted(name).size())
          .maybe("tagNames", Form.NAMES);
      run.compare(
          right.hint(Hint.Kind.STEP, true, run.nowSeconds()),
          Stage.RECORD,
          "progress of the manifest " + name);
    }
  }

  /** Only what is staged may still go up. */
  private String direction(String name) {
    return Right.text(run.census().one(Kind.PROGRESS, name), "direction", Form.TEXT)
        .filter(said -> said.equals("UP") && facts.isStaged(name))
        .orElse("DOWN");
  }

  private void judge(String name, Known manifest) {
    var repository = new RepositoryName(Facts.repository(name));
    var key = Keys.manifest(repository, manifest.digest());
    var actual = run.census().one(Kind.MANIFEST, name);
    var right = new Right(key, actual);
    var state = Right.text(actual, "state", Form.TEXT).filter(STATES::contains).orElse("LIVE");
    var tags = facts.tagsOf(name);
    long parents = facts.naming(name);
    right
        .is("state", state)
        .is("mediaType", mediaType(manifest, actual).text())
        .is("sizeBytes", manifest.sizeBytes())
        .is("children", children(name, actual))
        .is("tags", tags.size())
        .is("parents", parents)
        .any("pushedAt", Form.NUMBER, Value.of(run.nowSeconds()))
        .any("pushedBy", Form.TEXT, Value.of("fsck"))
        .hint(
            Hint.Kind.MANIFEST,
            state.equals("LIVE")
                && tags.size() + parents == 0
                && !isKeptBySubject(repository, manifest),
            run.nowSeconds());
    manifest
        .subject()
        .ifPresentOrElse(
            subject -> right.is("subject", subject.toString()), () -> right.lacks("subject"));
    manifest
        .artifactType()
        .ifPresentOrElse(type -> right.is("artifactType", type), () -> right.lacks("artifactType"));
    absent(right, name, manifest);
    tagNames(right, tags, actual);
    place(right, name, manifest);
    run.compare(right, Stage.RECORD, "manifest " + name);
  }

  /** Its subject is there; or has left a tombstone that will queue what referred to it. */
  private boolean isKeptBySubject(RepositoryName repository, Known manifest) {
    return manifest
        .subject()
        .filter(
            subject ->
                facts.manifests().containsKey(repository + Kind.BETWEEN + subject)
                    || run.census().below(Kind.TOMBSTONE, repository.text()).values().stream()
                        .anyMatch(
                            tombstone ->
                                tombstone.key().sort().endsWith("#" + subject)
                                    && !tombstone.has("referrersQueued")))
        .isPresent();
  }

  /** In any order. */
  private Value children(String name, Optional<Item> actual) {
    var counted = facts.named(name);
    return Sparse.unpacked(actual, "children")
        .filter(
            said -> said.size() == counted.size() && Set.copyOf(said).equals(Set.copyOf(counted)))
        .map(said -> Value.of(Child.pack(said)))
        .orElseGet(() -> Value.of(Child.pack(counted)));
  }

  private void absent(Right right, String name, Known manifest) {
    var absent = Sparse.absent(run.census(), name, manifest);
    if (absent.isEmpty()) {
      right.lacks("absent");
    } else {
      right.is("absent", Value.of(Child.pack(absent)));
    }
  }

  /** What the bytes say; if they do not, what the record says, if it can be. */
  static MediaType mediaType(Known manifest, Optional<Item> record) {
    var said = Right.text(record, "mediaType", Form.MEDIA_TYPE).map(MediaType::new);
    boolean possible =
        !manifest.saysType() && said.equals(Optional.of(Bodies.twin(manifest.mediaType())));
    return possible ? said.get() : manifest.mediaType();
  }

  private static void tagNames(Right right, Set<String> tags, Optional<Item> actual) {
    boolean many = tags.size() > MAX_TAG_NAMES || actual.filter(i -> i.has("manyTags")).isPresent();
    var names = new TreeSet<>(tags);
    if (many) {
      names.retainAll(actual.map(item -> item.names("tagNames")).orElse(new TreeSet<>()));
      right.any("manyTags", Form.NUMBER, Value.of(1));
    } else {
      right.lacks("manyTags");
    }
    if (names.isEmpty()) {
      right.lacks("tagNames");
    } else {
      right.is("tagNames", new Value.Names(names));
    }
  }

  /** The body lies in one place: where a whole copy is, or where one is put again. */
  private void place(Right right, String name, Known manifest) {
    if (facts.bodies().isWhole(Kind.MANIFEST, name, "body")) {
      right.maybe("body", Form.BYTES).lacks("bodyObject");
    } else if (hasOwnRecord(name)) {
      right.lacks("body").lacks("bodyObject");
    } else if (facts.bodies().isWhole(Kind.MANIFEST, name, "bodyObject")) {
      right.lacks("body").maybe("bodyObject", Form.OBJECT_KEY);
    } else {
      var small = Compression.deflate(facts.bodies().bytes(manifest));
      right.lacks("bodyObject");
      if (small.length <= RECORD_BYTES) {
        right.is("body", Value.of(small));
      } else {
        right.lacks("body");
        putBody(name, manifest, small);
      }
    }
  }

  private boolean hasOwnRecord(String name) {
    return facts.bodies().isWhole(Kind.BODY, name, "body");
  }

  private void putBody(String name, Known manifest, byte[] small) {
    var key = Keys.manifestBody(new RepositoryName(Facts.repository(name)), manifest.digest());
    if (small.length > OWN_RECORD_BYTES) {
      run.found(Stage.RECORD, "manifest " + name, "its bytes are elsewhere alone", List.of());
      return;
    }
    run.compare(
        new Right(key, run.census().one(Kind.BODY, name)).is("body", Value.of(small)),
        Stage.RESCUE,
        "body of the manifest " + name);
  }

  private void judgeBody(String name, Item body) {
    boolean needed =
        facts.manifests().containsKey(name)
            && !facts.bodies().isWhole(Kind.MANIFEST, name, "body")
            && (hasOwnRecord(name) || !facts.bodies().isWhole(Kind.MANIFEST, name, "bodyObject"));
    if (!needed) {
      var delete = new Write.Delete(body.key(), Condition.is("body", value(body)));
      var manifest = run.census().one(Kind.MANIFEST, name);
      var asSeen =
          manifest
              .map(item -> Farewell.same(item, "body", "bodyObject"))
              .orElse(Condition.absent());
      run.found(
          Stage.CLEAR,
          "body of the manifest " + name,
          "belongs to nothing",
          List.of(delete, new Write.Check(key(name), asSeen)));
    }
  }

  private static Value value(Item body) {
    return Optional.ofNullable(body.attributes().get("body")).orElse(Value.of(0));
  }

  private void findBroken(String name, Known manifest) {
    for (var child : facts.counted(name)) {
      boolean there =
          switch (child.kind()) {
            case BLOB -> run.blobs().of(child.digest().toString()).isPresent();
            case MANIFEST -> facts.manifests().containsKey(sibling(name, child.digest()));
          };
      if (!there) {
        broken.add(name);
      }
    }
  }

  private static String sibling(String name, Digest digest) {
    return Facts.repository(name) + Kind.BETWEEN + digest;
  }

  private void spreadToIndexes() {
    boolean grows = !broken.isEmpty();
    while (grows) {
      grows = false;
      for (var entry : facts.manifests().entrySet()) {
        boolean namesBroken =
            facts.counted(entry.getKey()).stream()
                .filter(child -> child.kind() == Child.Kind.MANIFEST)
                .anyMatch(child -> broken.contains(sibling(entry.getKey(), child.digest())));
        grows |= namesBroken && broken.add(entry.getKey());
      }
    }
  }

  private String problem(String name) {
    var missing =
        facts.counted(name).stream()
            .map(child -> child.digest().toString())
            .filter(digest -> isMissing(name, digest))
            .findFirst();
    return "it needs " + missing.orElse("something") + ", whose bytes are lost";
  }

  private boolean isMissing(String name, String digest) {
    var sibling = Facts.repository(name) + Kind.BETWEEN + digest;
    return broken.contains(sibling)
        || (run.blobs().of(digest).isEmpty() && !facts.manifests().containsKey(sibling));
  }

  private static Key key(String name) {
    return Keys.manifest(
        new RepositoryName(Facts.repository(name)), Digest.parse(Bodies.last(name)));
  }
}
