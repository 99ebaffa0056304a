package dev.roadstead.registry.check;

import dev.roadstead.model.Digest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.check.Finding.Stage;
import dev.roadstead.registry.check.Right.Form;
import dev.roadstead.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a whole registry, and repairs it, while it is in use or not. Every number is counted anew
 * from the manifests' own bytes; every record must be what follows from them and from the objects.
 *
 * <p>A walk is not one moment, so a finding counts only if several walks agree on every detail of
 * it. A remedy is one transaction, on the condition that nothing it rests on has changed. Repair
 * goes stage by stage ({@link Stage}), looks again after each, and deletes nothing before all that
 * can be saved is saved. It may be broken off at any moment and begun again.
 */
public final class Fsck {
  /** How often a finding must be found before it is believed. */
  private static final int WALKS = 2;

  /**
   * How many steps a repair takes at most; damage of one kind needs three or four. What is damaged
   * then is reported as damage, and left to the next repair.
   */
  static final int MAX_STEPS = 24;

  /** How many blobs a sample has. */
  public static final int SAMPLE_BLOBS = 100;

  private final Environment environment;
  private final Progress progress;
  private final Hashes hashes;
  private final String mark;
  private final long nowSeconds;
  private boolean chosen;
  private Optional<Walk> last = Optional.empty();

  /** A check of these stores; for one run. */
  public Fsck(Environment environment, Progress progress) {
    this.environment = environment;
    this.progress = progress;
    this.hashes = new Hashes(environment.blobs(), progress);
    this.mark = "fsck-" + environment.ids().next();
    this.nowSeconds = environment.clock().instant().getEpochSecond();
  }

  /** What is asked for. */
  private record Order(Depth depth, boolean repairs, boolean rebuild) {}

  /** What one walk has seen. */
  private record Walk(Census census, List<Finding> findings, long unclaimed) {}

  /** Looks, and changes nothing. */
  public Report check(Depth depth) {
    var damage = confirmed(new Order(depth, false, false));
    return report(List.of(), damage);
  }

  /** Looks, and repairs what can be repaired. */
  public Report repair(Depth depth) {
    return repair(new Order(depth, true, false));
  }

  /**
   * The same, with no trust in any record but the bodies of manifests: all bytes are read, and
   * whatever they do not show to be so is made anew.
   */
  public Report rebuild() {
    return repair(new Order(Depth.ALL, true, true));
  }

  private Report repair(Order order) {
    var found = new LinkedHashMap<String, Finding>();
    var findings = confirmed(order);
    for (int step = 0; step < MAX_STEPS && !findings.isEmpty(); step++) {
      findings.forEach(each -> found.putIfAbsent(each.subject() + each.problem(), each));
      if (!mends(findings)) {
        break;
      }
      progress.at("repairs", step + 1L, 0);
      findings = confirmed(order);
    }
    var left = Set.copyOf(findings.stream().map(Finding::subject).toList());
    var mended = found.values().stream().filter(each -> !left.contains(each.subject())).toList();
    return report(mended, findings);
  }

  /**
   * Mends what belongs to the first stage at which anything can be done; false when there is no
   * such stage. A remedy is refused when somebody has changed what it rests on: then the next walk
   * looks again, and no later stage begins meanwhile.
   */
  private boolean mends(List<Finding> findings) {
    var curable = findings.stream().filter(each -> !each.remedy().isEmpty()).toList();
    var first = curable.stream().map(Finding::stage).min(Comparator.naturalOrder());
    curable.stream()
        .filter(each -> first.equals(Optional.of(each.stage())))
        .forEach(each -> environment.metadata().transact(new Transaction(each.remedy())));
    return first.isPresent();
  }

  /** What several walks have found alike. */
  private List<Finding> confirmed(Order order) {
    var findings = new LinkedHashSet<Finding>(walk(order).findings());
    for (int walk = 1; walk < WALKS && !findings.isEmpty(); walk++) {
      findings.retainAll(Set.copyOf(walk(order).findings()));
    }
    return List.copyOf(findings);
  }

  private Walk walk(Order order) {
    var census = Census.take(environment.metadata(), environment.blobs(), progress);
    if (!chosen) {
      hash(census, order.depth());
      chosen = true;
    }
    var bodies = new Bodies(census, environment.metadata(), environment.blobs());
    var facts = new Facts(census, bodies, order.rebuild());
    var located = new Located(census, facts, hashes, order.rebuild());
    var run =
        new Run(
            environment,
            facts,
            located,
            hashes,
            mark,
            nowSeconds,
            order.repairs(),
            order.depth() == Depth.ALL);
    new TagJudge(run).judge();
    new ManifestJudge(run).judge();
    new BlobJudge(run).judge();
    new StripeJudge(run).judge();
    new RestJudge(run).judge();
    new AccountJudge(run).judge();
    var objects = new ObjectJudge(run);
    objects.judge();
    var walk = new Walk(census, List.copyOf(run.findings()), objects.unclaimed());
    last = Optional.of(walk);
    return walk;
  }

  /** Reads the bytes of some blobs, or of all; what they are is remembered and judged later. */
  private void hash(Census census, Depth depth) {
    var digests = new ArrayList<>(census.all(Kind.BLOB).keySet());
    int count =
        switch (depth) {
          case NONE -> 0;
          case SAMPLE -> Math.min(SAMPLE_BLOBS, digests.size());
          case ALL -> digests.size();
        };
    digests.sort(Comparator.comparing(this::lot));
    var places = new HashMap<String, String>();
    for (var digest : digests.subList(0, count)) {
      Right.text(census.one(Kind.BLOB, digest), "objectKey", Form.OBJECT_KEY)
          .filter(census.objects()::containsKey)
          .ifPresent(object -> places.put(digest, object));
    }
    places.values().forEach(object -> hashes.expect(census.objects().getOrDefault(object, 0L)));
    places.forEach((digest, object) -> hashes.of(object, Digest.parse(digest).algorithm()));
  }

  /** Another order in each run. */
  private String lot(String digest) {
    return Digest.sha256((mark + digest).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private Report report(List<Finding> mended, List<Finding> damage) {
    var walk = last.orElseThrow();
    var records = new LinkedHashMap<String, Integer>();
    for (var kind : Kind.values()) {
      records.put(kind.words(), walk.census().count(kind));
    }
    return new Report(
        records, walk.census().objects().size(), hashes.bytes(), walk.unclaimed(), mended, damage);
  }
}
