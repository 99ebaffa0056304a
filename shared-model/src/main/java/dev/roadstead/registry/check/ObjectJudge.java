package dev.roadstead.registry.check;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.Keys;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges sessions and the trash, and that every object is named by exactly one record. Two owners
 * are worse than none: one of them may delete what the other one needs.
 */
final class ObjectJudge {
  private static final Set<String> TRASH_STATES = Set.of("WAIT", "PURGE");

  private static final Set<String> BLOB_REASONS = Set.of("DELETED", "COLLECTED");

  private final Run run;
  private final Census census;
  private final Sessions sessions;

  /** Objects that live blobs and manifests name. */
  private final Set<String> live = new HashSet<>();

  /** The same, by the session that stored them. */
  private final Map<String, String> liveBySession = new HashMap<>();

  /** Sessions that have a record. */
  private final Set<String> open = new HashSet<>();

  /** What direct PUTs brought, by session. */
  private final Map<String, String> direct = new HashMap<>();

  private long unclaimed;

  ObjectJudge(Run run) {
    this.run = run;
    this.census = run.census();
    this.sessions = new Sessions(census, run.readsPieces());
    run.blobs().places().values().forEach(place -> live.add(place.object()));
    live.forEach(key -> Sessions.of(key).ifPresent(session -> liveBySession.put(session, key)));
    census.all(Kind.SESSION).keySet().forEach(name -> open.add(Bodies.last(name)));
    census.objects().keySet().stream()
        .filter(key -> key.startsWith("in/"))
        .forEach(key -> direct.put(key.substring(key.lastIndexOf('/') + 1), key));
    bodyObjects(Kind.MANIFEST);
    bodyObjects(Kind.TOMBSTONE);
  }

  private void bodyObjects(Kind kind) {
    census
        .all(kind)
        .values()
        .forEach(
            item ->
                Right.text(Optional.of(item), "bodyObject", Form.OBJECT_KEY).ifPresent(live::add));
  }

  void judge() {
    census.all(Kind.SESSION).forEach(this::judgeSession);
    census.all(Kind.TRASH).forEach(this::judgeTrash);
    var owned = new HashSet<>(live);
    census.all(Kind.TRASH).forEach((name, item) -> owned.add(Bodies.last(name)));
    for (var key : census.objects().keySet()) {
      boolean ours = key.startsWith("data/") || key.startsWith("manifests/");
      if (!owned.contains(key) && ours && !ownedBySession(key)) {
        untracked(key);
      }
      unclaimed += key.startsWith("in/") && !owned.contains(key) ? 1 : 0;
    }
  }

  /** How many objects direct PUTs have brought that nobody has claimed. */
  long unclaimed() {
    return unclaimed;
  }

  private boolean ownedBySession(String key) {
    return Sessions.of(key)
        .filter(
            session ->
                open.contains(session)
                    || census.one(Kind.TRASH, session + Kind.BETWEEN + wholeOf(key)).isPresent())
        .isPresent();
  }

  private static String wholeOf(String key) {
    return String.join("/", List.of(key.split("/", -1)).subList(0, 3));
  }

  private void judgeSession(String name, Item session) {
    var id = Bodies.last(name);
    var subject = "upload session " + name;
    long attempts =
        Math.max(Right.number(Optional.of(session), "attempts").orElse(0L), sessions.seen(id));
    var end =
        new Write.Delete(session.key(), Farewell.same(session, "version", "state", "attempts"));
    var trashName = id + Kind.BETWEEN + Sessions.whole(id);
    boolean hasEnded =
        census.one(Kind.TRASH, trashName).isPresent() || census.one(Kind.ORPHAN, name).isPresent();
    if (hasEnded || isDirectOfNamed(id)) {
      run.found(Stage.RESCUE, subject, "is over, and its record is still there", List.of(end));
      return;
    }
    var kept = Optional.ofNullable(liveBySession.get(id));
    var flaw = kept.isPresent() ? Optional.of("is over: it is a blob") : sessions.flaw(id, session);
    if (flaw.isPresent()) {
      var writes = new ArrayList<Write>(List.of(end));
      if (sessions.hasObjects(id) || session.has("multipart")) {
        var multipart = Right.text(Optional.of(session), "multipart", Form.TEXT);
        var trash = TrashRecords.session(run, SessionId.parse(id), attempts, multipart, kept);
        writes.add(Write.create(trash));
      }
      run.found(Stage.RESCUE, subject, flaw.get(), writes);
      return;
    }
    var right =
        new Right(session.key(), Optional.of(session))
            .is("state", state(session, attempts))
            .is("attempts", attempts)
            .is("offsetBytes", Sessions.hashedBytes(session).orElseThrow())
            .any("version", Form.NUMBER, Value.of(0))
            .hint(Hint.Kind.SESSION, true, run.lookAt());
    run.compare(right, Stage.RECORD, subject);
  }

  private static String state(Item session, long attempts) {
    if (session.has("digest")) {
      return "COMMITTING";
    }
    var state = session.text("state");
    return state.equals("FRESH") && attempts > 0 ? "CHUNKED" : state;
  }

  /** Whether what the session's direct PUT brought has an owner already. */
  private boolean isDirectOfNamed(String id) {
    return Optional.ofNullable(direct.get(id))
        .filter(
            key ->
                live.contains(key)
                    || Sessions.directDigest(key)
                        .flatMap(d -> census.one(Kind.TRASH, d + Kind.BETWEEN + key))
                        .isPresent())
        .isPresent();
  }

  private void judgeTrash(String name, Item trash) {
    var object = Bodies.last(name);
    var owner = Facts.parent(name);
    var subject = "trash " + name;
    boolean ofSession = owner.matches("[0-9a-f-]{36}");
    var right =
        new Right(trash.key(), Optional.of(trash))
            .is(
                "state",
                Right.text(Optional.of(trash), "state", Form.TEXT)
                    .filter(TRASH_STATES::contains)
                    .orElse("WAIT"))
            .is("reason", reason(trash, ofSession ? "UPLOAD_SESSION" : TrashRecords.reason(object)))
            .maybe("repository", Form.REPOSITORY)
            .hint(Hint.Kind.TRASH, true, run.purgeAt());
    if (!ofSession) {
      if (live.contains(object) && !isOfBlob(owner, object)) {
        var delete = new Write.Delete(trash.key(), Farewell.same(trash, "state"));
        run.found(Stage.RESCUE, subject, "names the body of a manifest", List.of(delete));
        return;
      }
      long size = census.objects().getOrDefault(object, 0L);
      run.compare(right.any("sizeBytes", Form.NUMBER, Value.of(size)), Stage.RECORD, subject);
      return;
    }
    long attempts = Right.number(Optional.of(trash), "attempts").orElse(0L);
    right.is("attempts", Math.max(attempts, sessions.seen(owner))).maybe("multipart", Form.TEXT);
    var kept = Optional.ofNullable(liveBySession.get(owner));
    kept.ifPresentOrElse(key -> right.is("kept", key), () -> right.maybe("kept", Form.OBJECT_KEY));
    run.compare(right, kept.isPresent() ? Stage.RESCUE : Stage.RECORD, subject);
  }

  private static String reason(Item trash, String otherwise) {
    return Right.text(Optional.of(trash), "reason", Form.TEXT)
        .filter(
            said ->
                otherwise.equals("COLLECTED")
                    ? BLOB_REASONS.contains(said)
                    : said.equals(otherwise))
        .orElse(otherwise);
  }

  /** That case is the blob's own. */
  private boolean isOfBlob(String digest, String object) {
    return run.blobs().of(digest).filter(place -> place.object().equals(object)).isPresent();
  }

  /** No record names it: it goes to the trash, from where it can come back by its digest. */
  private void untracked(String key) {
    var subject = "object " + key;
    var problem = "is named by no record";
    if (!run.repairs()) {
      run.found(Stage.CLEAR, subject, problem, List.of());
      return;
    }
    run.hashes()
        .of(key, HashAlgorithm.SHA256)
        .ifPresent(
            digest -> {
              var trash = TrashRecords.object(run, digest, key);
              var blob = census.one(Kind.BLOB, digest.toString());
              var asSeen =
                  blob.map(item -> Farewell.same(item, "objectKey")).orElse(Condition.absent());
              run.found(
                  Stage.CLEAR,
                  subject,
                  problem,
                  List.of(Write.create(trash), new Write.Check(Keys.blob(digest), asSeen)));
            });
  }
}
