package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Compression;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Takes a manifest out that cannot be pulled whole any more: it and its tags answer 404 from then
 * on, and its bytes stay in a tombstone, so that it can come back with a push or an undelete. The
 * counts at what it named are lowered by the walk after.
 */
final class Farewell {
  private static final int TAGS_AT_ONCE = 40;
  private static final int TOMBSTONE_BYTES = 350 * 1024;

  private final Run run;

  Farewell(Run run) {
    this.run = run;
  }

  void leaves(String name, String problem) {
    var item = run.census().one(Kind.MANIFEST, name);
    if (item.isEmpty()) {
      return; // it is not there, and is not made again
    }
    var tags = List.copyOf(run.facts().tagsOf(name));
    var writes = new ArrayList<Write>();
    tags.stream().limit(TAGS_AT_ONCE).forEach(tag -> writes.addAll(away(name, tag)));
    if (tags.size() <= TAGS_AT_ONCE) {
      writes.addAll(removal(name, item.get(), tags));
    }
    run.found(Stage.CLEAR, "manifest " + name, problem + "; it is set aside", writes);
  }

  private List<Write> removal(String name, Item manifest, List<String> tags) {
    var repository = new RepositoryName(Facts.repository(name));
    var digest = Digest.parse(Bodies.last(name));
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(manifest.key(), same(manifest, "state", "tags", "tagNames")));
    writes.add(new Write.Delete(Keys.manifestBody(repository, digest), Condition.NONE));
    var known = run.facts().bodies().of(digest.toString());
    known.ifPresent(
        found -> {
          tombstone(repository, manifest, found, tags).ifPresent(writes::add);
          found
              .subject()
              .ifPresent(
                  subject -> {
                    var type = found.artifactType().orElse("");
                    var key = Keys.referrer(repository, subject, type, digest);
                    writes.add(new Write.Delete(key, Condition.NONE));
                  });
        });
    return writes;
  }

  private Optional<Write> tombstone(
      RepositoryName repository, Item manifest, Known found, List<String> tags) {
    var key = Keys.tombstone(repository, run.nowSeconds() * 1000, found.digest());
    var item =
        Item.at(key)
            .with("mediaType", ManifestJudge.mediaType(found, Optional.of(manifest)).text())
            .with("sizeBytes", found.sizeBytes())
            .with("by", "fsck")
            .with("at", run.nowSeconds())
            .with("expiresAt", run.purgeAt());
    if (!tags.isEmpty()) {
      item.with("tagNames", new Value.Names(new TreeSet<>(tags)));
    }
    var object = Right.text(Optional.of(manifest), "bodyObject", Form.OBJECT_KEY);
    if (object.isPresent()) {
      item.with("bodyObject", object.get());
    } else {
      var small = Compression.deflate(run.facts().bodies().bytes(found));
      if (small.length > TOMBSTONE_BYTES) {
        return Optional.empty();
      }
      item.with("body", Value.of(small));
    }
    Hint.on(item, Hint.Kind.TOMBSTONE, key, run.nowSeconds());
    return Optional.of(Write.create(item.build()));
  }

  /** One tag less, and its history says so. */
  List<Write> away(String manifest, String tag) {
    var repository = new RepositoryName(Facts.repository(manifest));
    var name = repository + Kind.BETWEEN + tag;
    var record = run.census().one(Kind.TAG, name);
    var verdict = Optional.ofNullable(run.facts().tags().get(name));
    if (record.isEmpty() || verdict.isEmpty()) {
      return List.of();
    }
    var move =
        Item.at(Keys.tagMove(repository, new Tag(tag), verdict.get().version() + 1))
            .with("by", "fsck")
            .with("at", run.nowSeconds());
    Right.text(record, "digest", Form.DIGEST).ifPresent(from -> move.with("previous", from));
    return List.of(
        new Write.Delete(record.get().key(), same(record.get(), "digest", "version")),
        Write.create(move.build()));
  }

  /** These attributes are as they were. */
  static Condition same(Item item, String... attributes) {
    var conditions = new ArrayList<Condition>();
    conditions.add(Condition.exists());
    for (var attribute : attributes) {
      var value = Optional.ofNullable(item.attributes().get(attribute));
      conditions.add(value.map(v -> Condition.is(attribute, v)).orElse(Condition.lacks(attribute)));
    }
    return Condition.all(conditions.toArray(Condition[]::new));
  }
}
