package dev.roadstead.registry;

import dev.roadstead.document.ManifestDocument;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Descriptor;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import dev.roadstead.registry.Child.Kind;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Outcome;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Stores manifests and moves tags: manifest, tag, history, and the count at everything it names, in
 * one transaction (rule R1). Whatever a condition refuses is learnt and tried again.
 */
public final class ManifestPut {
  /**
   * How many different blobs and manifests one manifest may name: its record lists them, and has
   * room for no more.
   */
  public static final int MAX_CHILDREN = 10_000;

  private static final int MAX_TRIES = 64;

  private final Environment environment;
  private final Claims claims;
  private final Repositories repositories;
  private final ManifestBodies bodies;
  private final ManifestDelete deletes;
  private final SpreadWrites spread;
  private final StagedPut staged;
  private final TagHistory history;
  private final ImmutableTags immutable;

  /** Puts manifests into these stores. */
  public ManifestPut(Environment environment, Claims claims, Repositories repositories) {
    this.environment = environment;
    this.claims = claims;
    this.repositories = repositories;
    this.bodies = new ManifestBodies(environment);
    this.deletes = new ManifestDelete(environment);
    this.spread = new SpreadWrites(environment);
    this.staged = new StagedPut(environment, repositories, deletes, spread);
    this.history = new TagHistory(environment);
    this.immutable = new ImmutableTags(environment);
  }

  /**
   * A manifest to be stored.
   *
   * @param tag the tag that is to point to it, if one is
   * @param digest of exactly these bytes
   * @param what what the audit log calls it, {@code push}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Push(
      RepositoryName repository,
      Optional<Tag> tag,
      Digest digest,
      ManifestDocument document,
      byte[] bytes,
      Caller caller,
      String what) {
    /** What the audit log says of it. */
    List<Write> audited(Environment environment) {
      return AuditEntry.of(environment, caller, what, repository, tag, digest);
    }

    Descriptor info() {
      return new Descriptor(document.mediaType(), digest, bytes.length);
    }
  }

  /**
   * What is believed when a transaction is written.
   *
   * @param existing the manifest, if it is there already
   * @param newestMove the version of the newest entry in the tag's history; 0 for none
   */
  private record Belief(
      Optional<TagRecord> tag, Optional<ManifestRecord> existing, long newestMove) {
    boolean tagPointsTo(Digest digest) {
      return tag.filter(record -> record.digest().equals(digest)).isPresent();
    }
  }

  /** Stores a manifest. Pushing again what is there already writes nothing. */
  public PutResult put(Push push) {
    var children = Children.of(push.document());
    if (children.count() > MAX_CHILDREN) {
      return new PutResult.TooManyChildren(children.count(), MAX_CHILDREN);
    }
    var belief = believed(push);
    if (belief.tagPointsTo(push.digest())) {
      return new PutResult.Stored(push.digest());
    }
    return store(push, children, belief);
  }

  private PutResult store(Push push, Children wanted, Belief first) {
    var children = wanted;
    var belief = first;
    var stays = immutable.of(push.repository());
    var body = bodies.place(push.repository(), push.digest(), push.bytes());
    boolean inSteps = children.count() > StagedPut.CHUNK;
    for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
      if (belief.tag().isPresent()
          && !belief.tagPointsTo(push.digest())
          && push.tag().filter(stays).isPresent()) {
        return new PutResult.TagIsImmutable();
      }
      if (inSteps && belief.existing().isEmpty()) {
        switch (bring(push, children, body)) {
          case StagedPut.Result.Live(var manifest) ->
              belief = new Belief(belief.tag(), Optional.of(manifest), belief.newestMove());
          case StagedPut.Result.Missing(var refused) -> {
            var answer = answer(push, children, refused);
            if (answer.isPresent()) {
              return answer.get();
            }
            continue;
          }
          case StagedPut.Result.RepositoryIsBeingDeleted refused -> {
            return new PutResult.RepositoryIsBeingDeleted();
          }
        }
      }
      var writes = writes(push, belief, children, body);
      if (writes.isEmpty()) {
        return new PutResult.Stored(push.digest());
      }
      switch (transact(push, writes)) {
        case Outcome.Done done -> {
          return new PutResult.Stored(push.digest());
        }
        case Outcome.Refused refused -> {
          var answer = answer(push, children, refused);
          if (answer.isPresent()) {
            return answer.get();
          }
          children = children.corrected(push.repository(), refused);
          belief = corrected(push, belief, refused);
        }
      }
    }
    throw new StoreException("the manifest " + push.digest() + " could not be stored: too busy");
  }

  private Outcome transact(Push push, List<Write> writes) {
    var outcome = spread.transact(writes, push.digest());
    repositories.learn(push.repository(), outcome);
    return outcome;
  }

  private StagedPut.Result bring(Push push, Children children, ManifestBodies.Placed body) {
    var record =
        ManifestRecord.create(push, Optional.empty(), children, body, environment.nowSeconds());
    return staged.bring(push, ManifestRecord.asStaged(record), body.writes());
  }

  /** What a refusal means to the client; empty when it may be tried again. */
  private Optional<PutResult> answer(Push push, Children children, Outcome.Refused refused) {
    var missing = missing(push.repository(), children.present(), refused);
    if (!missing.isEmpty()) {
      return Optional.of(new PutResult.Incomplete(missing));
    }
    return RepositoryDelete.refuses(push.repository(), refused)
        ? Optional.of(new PutResult.RepositoryIsBeingDeleted())
        : Optional.empty();
  }

  /** What is missing in spite of every claim, and may not be. */
  private List<Digest> missing(
      RepositoryName repository, List<Child> children, Outcome.Refused refused) {
    var refusedChildren =
        children.stream()
            .filter(child -> refused.of(child.key(repository)).isPresent())
            .collect(
                Collectors.groupingBy(
                    Child::kind, Collectors.mapping(Child::digest, Collectors.toList())));
    var missing =
        new ArrayList<>(
            claims.missing(repository, refusedChildren.getOrDefault(Kind.BLOB, List.of())));
    if (!environment.settings().sparseIndexes() || children.size() > StagedPut.CHUNK) {
      missing.addAll(refusedChildren.getOrDefault(Kind.MANIFEST, List.of()));
    }
    return missing;
  }

  private Belief corrected(Push push, Belief belief, Outcome.Refused refused) {
    var repository = push.repository();
    var existing =
        refused
            .of(Keys.manifest(repository, push.digest()))
            .map(refusal -> refusal.current().map(ManifestRecord::of))
            .orElse(belief.existing());
    if (existing.filter(m -> m.state() == ManifestRecord.State.DELETING).isPresent()) {
      // Whoever began to delete it may have died; it has to be gone before it can come back.
      deletes.delete(repository, push.digest(), push.caller());
      return believed(push);
    }
    var tag =
        push.tag()
            .flatMap(name -> refused.of(Keys.tag(repository, name)))
            .map(refusal -> refusal.current().map(TagRecord::of))
            .orElse(belief.tag());
    return new Belief(tag, existing, newestMove(push, belief, refused));
  }

  /** The tag may have had an earlier life, whose entries are there though the tag is not. */
  private long newestMove(Push push, Belief belief, Outcome.Refused refused) {
    return push.tag()
        .filter(
            tag ->
                refused
                    .of(Keys.tagMove(push.repository(), tag, move(push, belief, tag).version()))
                    .isPresent())
        .map(tag -> history.newestVersion(push.repository(), tag))
        .orElse(belief.newestMove());
  }

  private TagMove move(Push push, Belief belief, Tag tag) {
    return new TagMove(
        environment, push.repository(), tag, belief.tag(), push.caller(), belief.newestMove());
  }

  private Belief believed(Push push) {
    var tag =
        push.tag()
            .flatMap(
                name ->
                    environment
                        .metadata()
                        .get(Keys.tag(push.repository(), name), Consistency.STRONG))
            .map(TagRecord::of);
    return new Belief(tag, Optional.empty(), 0);
  }

  private List<Write> writes(
      Push push, Belief belief, Children children, ManifestBodies.Placed body) {
    var writes = new ArrayList<Write>();
    var repository = push.repository();
    var move =
        push.tag()
            .filter(tag -> !belief.tagPointsTo(push.digest()))
            .map(tag -> move(push, belief, tag));
    var counted = belief.existing().isPresent() ? List.<Child>of() : children.present();
    // A tag may leave the very manifest that the new index names: then one write does both.
    var left = move.flatMap(TagMove::leaves);
    if (belief.existing().isPresent()) {
      move.ifPresent(m -> writes.add(m.join(push.digest(), belief.existing().get())));
    } else {
      writes.addAll(repositories.ensure(repository));
      writes.add(
          Write.create(
              ManifestRecord.create(push, push.tag(), children, body, environment.nowSeconds())));
      writes.addAll(body.writes());
      push.document().subject().ifPresent(subject -> writes.add(Referrers.entry(push, subject)));
      children.absent().stream()
          .filter(child -> !left.equals(Optional.of(child)))
          .forEach(child -> writes.add(isAbsent(repository, child)));
    }
    counted.forEach(
        child ->
            writes.add(
                child.count(
                    repository,
                    move.filter(m -> left.equals(Optional.of(child)))
                        .map(TagMove::oneTagLess)
                        .orElse(List.of()))));
    move.ifPresent(m -> writes.addAll(m.to(push.info(), body.besideTag())));
    left.filter(manifest -> !counted.contains(manifest))
        .ifPresent(manifest -> writes.add(move.orElseThrow().leave(manifest.digest())));
    if (!writes.isEmpty()) {
      writes.addAll(push.audited(environment));
    }
    return writes;
  }

  /** What is recorded as absent is so at the very moment: what is there is always counted. */
  private static Write isAbsent(RepositoryName repository, Child child) {
    var unseen =
        Condition.any(
            Condition.absent(),
            Condition.is(ManifestRecord.STATE, ManifestRecord.State.DELETING.name()),
            Condition.is(ManifestRecord.STATE, ManifestRecord.State.STAGED.name()));
    return new Write.Check(child.key(repository), unseen);
  }
}
