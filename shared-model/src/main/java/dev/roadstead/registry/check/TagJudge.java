package dev.roadstead.registry.check;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Facts.TagVerdict;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges tags and their history, which ends where they are. */
final class TagJudge {
  private final Run run;

  TagJudge(Run run) {
    this.run = run;
  }

  void judge() {
    run.facts().tags().forEach(this::judge);
    run.census().all(Kind.MOVE).forEach(this::judgeMove);
  }

  private void judge(String name, TagVerdict verdict) {
    var repository = new RepositoryName(Facts.repository(name));
    var tag = new Tag(Bodies.last(name));
    judgeBeginning(name, repository, tag, verdict);
    if (verdict.target().isPresent()) {
      judgeTag(name, repository, tag, verdict);
    } else if (verdict.tag().isPresent()) {
      remove(name, repository, tag, verdict);
      return;
    }
    if (verdict.movesOn()) {
      var entry = entry(Keys.tagMove(repository, tag, verdict.version()), verdict);
      run.found(
          Stage.RECORD,
          "history of the tag " + name,
          "does not end where the tag is",
          List.of(Write.create(entry), tagAsSeen(Keys.tag(repository, tag), verdict)));
    }
  }

  /** Whoever makes a tag anew learns from the first entry that there are others. */
  private void judgeBeginning(String name, RepositoryName repository, Tag tag, TagVerdict verdict) {
    boolean begins =
        run.census().below(Kind.MOVE, name).values().stream()
            .anyMatch(move -> Long.parseLong(move.key().sort()) == 1);
    boolean becomesFirst = verdict.movesOn() && verdict.version() == 1;
    boolean hasNone = verdict.newest().isEmpty() && !verdict.movesOn();
    if (!begins && !becomesFirst && !hasNone) {
      var first = Item.at(Keys.tagMove(repository, tag, 1)).with("by", "fsck");
      run.found(
          Stage.RECORD,
          "history of the tag " + name,
          "lacks its first entry",
          List.of(Write.create(first.with("at", run.nowSeconds()).build())));
    }
  }

  private static Write tagAsSeen(Key key, TagVerdict verdict) {
    return new Write.Check(
        key,
        verdict
            .tag()
            .map(tag -> Farewell.same(tag, "digest", "version"))
            .orElse(Condition.absent()));
  }

  private void judgeTag(String name, RepositoryName repository, Tag tag, TagVerdict verdict) {
    var digest = verdict.target().orElseThrow();
    var manifest = run.facts().manifests().get(repository + Kind.BETWEEN + digest);
    if (manifest == null) {
      return; // found by digest alone; the walk after knows it
    }
    var record = run.census().one(Kind.MANIFEST, repository + Kind.BETWEEN + digest);
    var right = new Right(Keys.tag(repository, tag), verdict.tag());
    right
        .is("digest", digest)
        .is("mediaType", ManifestJudge.mediaType(manifest, record).text())
        .is("sizeBytes", manifest.sizeBytes())
        .is("version", verdict.version())
        .is("moves", moves(name, verdict));
    boolean bodyIsRight =
        Right.text(verdict.tag(), "digest", Form.DIGEST).equals(verdict.target())
            && run.facts().bodies().isWhole(Kind.TAG, name, "body");
    if (bodyIsRight) {
      right.maybe("body", Form.BYTES);
    } else {
      right.lacks("body");
    }
    run.compare(right, Stage.RECORD, "tag " + name);
  }

  /** The entries that the tag remembers are those that are there; others are an earlier life's. */
  private String moves(String name, TagVerdict verdict) {
    var versions =
        new TreeSet<>(
            run.census().below(Kind.MOVE, name).values().stream()
                .map(move -> Long.parseLong(move.key().sort()))
                .toList());
    versions.add(verdict.version());
    var said =
        verdict
            .tag()
            .flatMap(tag -> tag.textIfAny("moves"))
            .filter(text -> text.matches("[0-9]{1,18}(?: [0-9]{1,18})*"))
            .map(text -> Stream.of(text.split(" ", -1)).map(Long::valueOf).toList());
    boolean asItIs =
        said.isPresent()
            && versions.containsAll(said.get())
            && said.get().getLast() == verdict.version();
    var right =
        asItIs ? said.get() : versions.stream().skip(Math.max(0, versions.size() - 100)).toList();
    return right.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  /** What it points to is gone for good. */
  private void remove(String name, RepositoryName repository, Tag tag, TagVerdict verdict) {
    var record = verdict.tag().orElseThrow();
    var writes = new ArrayList<Write>();
    writes.add(new Write.Delete(record.key(), Farewell.same(record, "digest", "version")));
    if (verdict.movesOn()) {
      writes.add(Write.create(entry(Keys.tagMove(repository, tag, verdict.version()), verdict)));
    }
    run.found(Stage.CLEAR, "tag " + name, "the manifest it points to is lost", writes);
  }

  private Item entry(Key key, TagVerdict verdict) {
    var item = Item.at(key).with("by", "fsck").with("at", run.nowSeconds());
    verdict.target().ifPresent(digest -> item.with("digest", digest));
    Right.text(verdict.newest(), "digest", Form.DIGEST)
        .ifPresent(previous -> item.with("previous", previous));
    return item.build();
  }

  private void judgeMove(String name, Item move) {
    var tag = Facts.parent(name);
    var verdict = Optional.ofNullable(run.facts().tags().get(tag));
    var right =
        new Right(move.key(), Optional.of(move))
            .any("by", Form.TEXT, Value.of("fsck"))
            .any("at", Form.NUMBER, Value.of(run.nowSeconds()))
            .maybe("previous", Form.DIGEST)
            .maybe("digest", Form.DIGEST);
    boolean isNewest = verdict.flatMap(TagVerdict::newest).filter(move::equals).isPresent();
    if (isNewest && verdict.filter(v -> !v.movesOn()).isPresent()) {
      verdict
          .flatMap(TagVerdict::target)
          .ifPresentOrElse(digest -> right.is("digest", digest), () -> right.lacks("digest"));
    }
    run.compare(right, Stage.RECORD, "history of the tag " + tag);
  }
}
