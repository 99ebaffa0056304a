package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Located.Place;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;

/** Judges blobs and links: what they count, and that they name the object with the bytes. */
final class BlobJudge {
  private static final int LINKS_AT_ONCE = 90;

  private final Run run;

  BlobJudge(Run run) {
    this.run = run;
  }

  void judge() {
    run.blobs().places().forEach(this::judge);
    run.blobs().lost().forEach(this::judgeLost);
  }

  private void judge(String text, Place place) {
    var digest = Digest.parse(text);
    var repositories = run.blobs().repositories(text);
    var blob = run.census().one(Kind.BLOB, text);
    if (repositories.isEmpty()) {
      blob.ifPresent(record -> unneeded(digest, record, place));
      return;
    }
    for (var repository : repositories) {
      var name = repository + Kind.BETWEEN + text;
      var key = Keys.link(new RepositoryName(repository), digest);
      long refs = run.facts().naming(name);
      var link = run.census().one(Kind.LINK, name);
      var right =
          new Right(key, link)
              .is("sizeBytes", place.sizeBytes())
              .is("objectKey", place.object())
              .hint(Hint.Kind.LINK, refs == 0, run.lookAt());
      boolean spread = link.filter(l -> StripeJudge.isSpread(run.census(), l)).isPresent();
      run.compare(spread ? right : right.is("refs", refs), Stage.RECORD, "link " + name);
    }
    resurrect(digest, place);
    run.compare(
        new Right(Keys.blob(digest), blob)
            .is("sizeBytes", place.sizeBytes())
            .is("objectKey", place.object())
            .is("links", repositories.size())
            .lacks(Right.BLOB_FENCE),
        Stage.RECORD,
        "blob " + text);
  }

  /** Bytes that are needed must not lie in the trash. */
  private void resurrect(Digest digest, Place place) {
    var trash = Keys.trash(digest, new ObjectKey(place.object()));
    run.census()
        .one(Kind.TRASH, digest + Kind.BETWEEN + place.object())
        .ifPresent(
            record ->
                run.found(
                    Stage.RESCUE,
                    "trash " + trash.sort(),
                    "names the bytes of the blob " + digest + ", which is in use",
                    List.of(new Write.Delete(trash, Farewell.same(record, "state")))));
  }

  /** A blob that no repository has goes to the trash, as with its last link. */
  private void unneeded(Digest digest, Item blob, Place place) {
    var trash = TrashRecords.object(run, digest, place.object());
    var delete =
        new Write.Delete(blob.key(), Farewell.same(blob, "objectKey", "links", "sizeBytes"));
    run.found(
        Stage.CLEAR,
        "blob " + digest,
        "is in no repository",
        List.of(delete, new Write.Put(trash, Condition.NONE)));
  }

  /** Once no manifest names it any more, it must not look as if it were there. */
  private void judgeLost(String text) {
    var links = new ArrayList<Item>();
    boolean named = false;
    for (var repository : run.blobs().repositories(text)) {
      var name = repository + Kind.BETWEEN + text;
      run.census().one(Kind.LINK, name).ifPresent(links::add);
      named |= run.facts().naming(name) > 0;
    }
    var blob = run.census().one(Kind.BLOB, text);
    var subject = "blob " + text;
    if (named) {
      run.found(Stage.CLEAR, subject, "its bytes are lost: push it again", List.of());
      return;
    }
    var writes = new ArrayList<Write>();
    links.stream()
        .filter(link -> !StripeJudge.isSpread(run.census(), link))
        .limit(LINKS_AT_ONCE)
        .forEach(
            link -> writes.add(new Write.Delete(link.key(), Farewell.same(link, "refs", "gcAt"))));
    if (links.size() <= LINKS_AT_ONCE) {
      blob.ifPresent(
          item ->
              writes.add(
                  new Write.Delete(
                      item.key(), Farewell.same(item, "objectKey", "links", "sizeBytes"))));
    }
    if (!writes.isEmpty()) {
      run.found(Stage.CLEAR, subject, "its bytes are lost, and nothing names it", writes);
    }
  }
}
