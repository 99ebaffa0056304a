package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Compression;
import dev.roadstead.registry.DayKeys;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.Pulls;
import dev.roadstead.registry.RefusalEntries;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges referrers, tombstones, orphans, repositories, the catalog, what the collector and the last
 * check have left of themselves, and whatever nobody here has made.
 */
final class RestJudge {
  private static final int TOMBSTONE_BYTES = 350 * 1024;
  private static final Set<String> CHECK_STATES = Set.of("running", "done", "failed");

  private final Run run;

  RestJudge(Run run) {
    this.run = run;
  }

  void judge() {
    judgeReferrers();
    run.census().all(Kind.TOMBSTONE).forEach(this::judgeTombstone);
    judgeRepositories();
    run.census().all(Kind.DELETED_REPOSITORY).forEach(this::judgeDeleted);
    run.census().all(Kind.COLLECTOR).values().forEach(this::judgeCollector);
    run.census().all(Kind.CHECK).values().forEach(this::judgeCheck);
    run.census().all(Kind.RELAY).values().forEach(this::judgeRelay);
    run.census().all(Kind.PULLS).values().forEach(this::judgePulls);
    run.census().all(Kind.PULL_BATCH).values().forEach(this::judgePullBatch);
    run.census().all(Kind.REFUSALS).values().forEach(this::judgeRefusals);
    run.census().all(Kind.ORPHAN).forEach(this::judgeOrphan);
    run.census().strangers().forEach(this::judgeStranger);
  }

  private void judgeReferrers() {
    var expected = new HashSet<Key>();
    run.facts()
        .manifests()
        .forEach(
            (name, manifest) ->
                manifest
                    .subject()
                    .filter(subject -> !run.facts().isStaged(name))
                    .ifPresent(subject -> expected.add(referrer(name, manifest, subject))));
    run.census()
        .all(Kind.REFERRER)
        .forEach(
            (name, item) -> {
              if (!expected.contains(item.key())) {
                run.found(
                    Stage.CLEAR,
                    "referrer " + name,
                    "is no manifest that is there",
                    List.of(
                        new Write.Delete(item.key(), Farewell.same(item, "sizeBytes")),
                        new Write.Check(manifest(name), Condition.absent())));
              }
            });
  }

  /** The manifest that an entry is about. */
  private static Key manifest(String referrer) {
    var digest = Digest.parse(referrer.substring(referrer.lastIndexOf('#') + 1));
    return Keys.manifest(new RepositoryName(Facts.repository(referrer)), digest);
  }

  private Key referrer(String name, Known manifest, Digest subject) {
    var repository = new RepositoryName(Facts.repository(name));
    var type = manifest.artifactType().orElse("");
    var key = Keys.referrer(repository, subject, type, manifest.digest());
    var entry = repository + Kind.BETWEEN + subject + Kind.BETWEEN + key.sort();
    var actual = run.census().one(Kind.REFERRER, entry);
    var descriptor = manifest.descriptor().orElseThrow();
    var stored = actual.flatMap(item -> item.bytesIfAny("descriptor")).map(Bodies::inflated);
    boolean asItIs =
        stored.isPresent()
            && (Arrays.equals(stored.get(), descriptor) || isOfTwin(manifest, stored.get()));
    var right = new Right(key, actual).is("artifactType", type);
    if (asItIs) {
      right.is("sizeBytes", stored.get().length).maybe("descriptor", Form.BYTES);
    } else {
      // Without a descriptor it is made from the manifest when it is listed.
      right.is("sizeBytes", descriptor.length).lacks("descriptor");
    }
    run.compare(right, Stage.RECORD, "referrer " + entry);
    return key;
  }

  /** A manifest that does not say its type may have been pushed as another one. */
  private static boolean isOfTwin(Known manifest, byte[] descriptor) {
    return !manifest.saysType()
        && new String(descriptor, StandardCharsets.UTF_8).contains(manifest.digest().toString());
  }

  private void judgeTombstone(String name, Item tombstone) {
    var digest = name.substring(name.indexOf('#') + 1);
    var known = run.facts().bodies().of(digest);
    if (known.isEmpty()) {
      var delete = new Write.Delete(tombstone.key(), Farewell.same(tombstone, "at", "by"));
      run.found(Stage.CLEAR, "tombstone " + name, "its bytes are lost", List.of(delete));
      return;
    }
    var manifest = known.get();
    var right =
        new Right(tombstone.key(), Optional.of(tombstone))
            .is("mediaType", ManifestJudge.mediaType(manifest, Optional.of(tombstone)).text())
            .is("sizeBytes", manifest.sizeBytes())
            .any("by", Form.TEXT, Value.of("fsck"))
            .any("at", Form.NUMBER, Value.of(run.nowSeconds()))
            .maybe("tagNames", Form.NAMES)
            .any("expiresAt", Form.NUMBER, Value.of(run.purgeAt()))
            .maybe("referrersQueued", Form.NUMBER)
            .hint(Hint.Kind.TOMBSTONE, true, run.nowSeconds());
    if (run.facts().bodies().isWhole(Kind.TOMBSTONE, name, "body")) {
      right.maybe("body", Form.BYTES).lacks("bodyObject");
    } else if (run.facts().bodies().isWhole(Kind.TOMBSTONE, name, "bodyObject")) {
      right.lacks("body").maybe("bodyObject", Form.OBJECT_KEY);
    } else {
      var small = Compression.deflate(run.facts().bodies().bytes(manifest));
      if (small.length <= TOMBSTONE_BYTES) {
        right.is("body", Value.of(small)).lacks("bodyObject");
      }
    }
    run.compare(right, Stage.RECORD, "tombstone " + name);
  }

  private Right repository(RepositoryName name, Optional<Item> actual) {
    var right =
        new Right(Keys.repository(name), actual)
            .any("createdAt", Form.NUMBER, Value.of(run.nowSeconds()));
    boolean deleting =
        Right.text(actual, "state", Form.TEXT).filter("DELETING"::equals).isPresent();
    if (!deleting) {
      return right
          .lacks("state")
          .lacks("beganAtMillis")
          .lacks("by")
          .hint(Hint.Kind.REPOSITORY, false, 0);
    }
    return right
        .any("beganAtMillis", Form.NUMBER, Value.of(run.nowSeconds() * 1000))
        .any("by", Form.TEXT, Value.of("fsck"))
        .hint(Hint.Kind.REPOSITORY, true, run.nowSeconds());
  }

  private void judgeDeleted(String name, Item grave) {
    run.compare(
        new Right(grave.key(), Optional.of(grave))
            .any("beganAtMillis", Form.NUMBER, Value.of(0))
            .any("by", Form.TEXT, Value.of("fsck"))
            .hint(Hint.Kind.REPOSITORY, true, run.purgeAt()),
        Stage.RECORD,
        "deleted repository " + name);
  }

  /** What it cannot read it takes for nothing left to condemn today, and counts anew. */
  private void judgeCollector(Item collector) {
    run.compare(
        new Right(collector.key(), Optional.of(collector))
            .any("day", Form.NUMBER, Value.of(0))
            .any("left", Form.NUMBER, Value.of(0))
            .any("limit", Form.NUMBER, Value.of(0))
            .maybe("counted", Form.NUMBER)
            .maybe("stoppedAt", Form.NUMBER),
        Stage.RECORD,
        "the collector's record");
  }

  /** One whose state cannot be read is over, so that nobody waits for it. */
  private void judgeCheck(Item check) {
    var state =
        Right.text(Optional.of(check), "state", Form.TEXT)
            .filter(CHECK_STATES::contains)
            .orElse("failed");
    run.compare(
        new Right(check.key(), Optional.of(check))
            .is("state", state)
            .any("mark", Form.TEXT, Value.of(""))
            .any("step", Form.TEXT, Value.of(""))
            .any("done", Form.NUMBER, Value.of(0))
            .any("total", Form.NUMBER, Value.of(0))
            .maybe("report", Form.BYTES),
        Stage.RECORD,
        "the record of the last check");
  }

  /** It says so again in a moment, if it is awake. */
  private void judgeRelay(Item relay) {
    run.compare(
        new Right(relay.key(), Optional.of(relay)).any("until", Form.NUMBER, Value.of(0)),
        Stage.RECORD,
        "what the relay says of itself");
  }

  /** Nobody knows what a lost count was. */
  private void judgePulls(Item pulls) {
    run.compare(
        new Right(pulls.key(), Optional.of(pulls))
            .any("pulls", Form.NUMBER, Value.of(0))
            .is("expiresAt", Pulls.expiresAtSeconds(DayKeys.day(pulls.key()))),
        Stage.RECORD,
        "the pulls of " + pulls.key().sort());
  }

  private void judgePullBatch(Item batch) {
    run.compare(
        new Right(batch.key(), Optional.of(batch))
            .is("expiresAt", Pulls.batchExpiresAtSeconds(DayKeys.day(batch.key()))),
        Stage.RECORD,
        "the batch of pulls " + batch.key().sort());
  }

  /** What is lost of it nobody knows; at worst a minute gets more entries than it may have. */
  private void judgeRefusals(Item refusals) {
    run.compare(
        new Right(refusals.key(), Optional.of(refusals))
            .maybe("ids", Form.NAMES)
            .is("expiresAt", RefusalEntries.expiresAtSeconds(refusals.key())),
        Stage.RECORD,
        "the refusals of " + refusals.key().partition() + " / " + refusals.key().sort());
  }

  /** It may be a later version's; it is nobody's to delete. */
  private void judgeStranger(Key key) {
    run.found(
        Stage.CLEAR,
        "record " + key.partition() + " / " + key.sort(),
        "is of no kind that this version knows; it is left as it is",
        List.of());
  }

  private void judgeOrphan(String name, Item orphan) {
    run.compare(
        new Right(orphan.key(), Optional.of(orphan))
            .maybe("sweptTo", Form.OBJECT_KEY)
            .hint(Hint.Kind.ORPHAN, true, run.lookAt()),
        Stage.RECORD,
        "orphan " + name);
  }

  /** A repository and its catalog entry come together, with the first manifest. */
  private void judgeRepositories() {
    var names = new TreeSet<>(run.census().all(Kind.REPOSITORY).keySet());
    names.addAll(run.census().all(Kind.CATALOG).keySet());
    run.facts().manifests().keySet().stream()
        .filter(name -> !run.facts().isStaged(name))
        .forEach(name -> names.add(Facts.repository(name)));
    for (var name : names) {
      var repository = new RepositoryName(name);
      run.compare(
          repository(repository, run.census().one(Kind.REPOSITORY, name)),
          Stage.RECORD,
          "repository " + name);
      if (run.census().one(Kind.CATALOG, name).isEmpty()) {
        var entry = Item.at(Keys.catalogEntry(repository)).build();
        run.found(
            Stage.RECORD,
            "catalog entry " + name,
            "is missing",
            List.of(new Write.Put(entry, Condition.absent())));
      }
    }
  }
}
