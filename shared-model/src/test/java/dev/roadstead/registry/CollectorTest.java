package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Client.Upload;
import dev.roadstead.registry.collect.Collector;
import dev.roadstead.registry.collect.Report;
import dev.roadstead.registry.collect.Verdict;
import dev.roadstead.store.Change;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Hint;
import dev.roadstead.store.Item;
import dev.roadstead.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the collector takes, what it leaves, and when. */
class CollectorTest {
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Duration TRASH = Duration.ofDays(37);
  private static final TestImage IMAGE = TestImage.numbered(1);
  private static final TestImage NEXT = TestImage.numbered(2);
  private static final TestBlob BLOB = TestBlob.random(1, 1000);

  private final World world = new World();
  private final Client client = world.client(APP);

  /** A collector of this process, with a policy of its own. */
  static Collector collector(TestProcess process, Optional<Duration> untagged) {
    var e = process.environment();
    var settings =
        e.settings().withLives(e.settings().linkGrace(), e.settings().trashLife(), untagged);
    return new Collector(new Environment(e.metadata(), e.blobs(), e.clock(), e.ids(), settings));
  }

  private Report collect() {
    var report = collector(Optional.empty()).run();
    world.isSafe();
    return report;
  }

  private Report collectUntagged(Duration life) {
    var report = collector(Optional.of(life)).run();
    world.isSafe();
    return report;
  }

  private Collector collector(Optional<Duration> untagged) {
    return collector(world.process(), untagged);
  }

  @Test
  void takesABlobThatNothingNamesIntoTheTrashAndLaterForGood() {
    client.push(BLOB);
    assertThat(collect().steps()).isZero();
    world.passes(GRACE);
    var report = collect();
    assertThat(report.condemned()).isEqualTo(1);
    assertThat(report.condemnedBytes()).isEqualTo(BLOB.sizeBytes());
    assertThat(client.has(BLOB)).isFalse();
    assertThat(world.objects().keys()).hasSize(1);

    assertThat(collect().steps()).isZero();
    world.passes(TRASH);
    report = collect();
    assertThat(report.purged()).isEqualTo(1);
    assertThat(report.purgedBytes()).isEqualTo(BLOB.sizeBytes());
    assertThat(world.objects().keys()).isEmpty();
    assertThat(world.all()).extracting(item -> item.key().partition()).containsOnly("G");
  }

  @Test
  void leavesWhatAManifestNames() {
    client.push(IMAGE, "latest");
    world.passes(GRACE.plus(TRASH));
    assertThat(collect().condemned()).isZero();
    client.pulls("latest", IMAGE);
  }

  @Test
  void leavesABlobWhoseLeaseWasRenewed() {
    client.push(BLOB);
    world.passes(Duration.ofHours(20));
    assertThat(client.has(BLOB)).isTrue();
    world.passes(Duration.ofHours(20));
    assertThat(collect().condemned()).isZero();
    world.passes(Duration.ofHours(4));
    assertThat(collect().condemned()).isEqualTo(1);
  }

  @Test
  void takesWhatADeletedImageNamedAloneAndLeavesWhatAnotherNamesToo() {
    var shared = TestBlob.random(2, 100);
    var one = TestImage.of(TestBlob.of("one"), shared);
    var two = TestImage.of(TestBlob.of("two"), shared);
    client.push(one, "one");
    client.push(two, "two");
    client.delete(one);
    world.passes(GRACE);
    var report = collect();
    assertThat(report.condemned()).isEqualTo(1);
    assertThat(report.needed()).isEqualTo(2); // the shared blob; the tombstone
    client.pulls("two", two);
  }

  @Test
  void leavesTheObjectAsLongAsAnyRepositoryHasTheBlob() {
    client.push(BLOB);
    world.client(OTHER).push(IMAGE, "latest");
    world.client(OTHER).push(BLOB);
    world.process().blobs().mount(OTHER, BLOB.digest(), Optional.of(APP));
    var keeps = TestImage.of(TestBlob.of("keeps"), BLOB);
    world.client(OTHER).push(keeps, "keeps");
    world.passes(GRACE);
    var report = collect();
    assertThat(report.condemned()).isZero();
    assertThat(client.has(BLOB)).isFalse();
    world.client(OTHER).pulls("keeps", keeps);
  }

  @Test
  void leavesUntaggedManifestsUnlessThePolicyLetsThemGo() {
    client.push(IMAGE, "latest");
    client.push(NEXT, "latest");
    world.passes(Duration.ofDays(400));
    assertThat(collect().condemned()).isZero();
    client.pulls(digest(IMAGE), IMAGE);

    assertThat(collectUntagged(Duration.ofDays(401)).condemned()).isZero();
    assertThat(collectUntagged(Duration.ofDays(400)).condemned()).isEqualTo(1);
    client.misses(digest(IMAGE));
    client.pulls("latest", NEXT);
  }

  @Test
  void leavesTheImagesOfATaggedIndexUntilItGoes() {
    var index = TestImage.index(Optional.empty(), IMAGE, NEXT);
    client.push(index, "latest");
    world.passes(Duration.ofDays(2));
    assertThat(collectUntagged(Duration.ZERO).condemned()).isZero();
    client.pulls("latest", index);

    client.delete(index);
    assertThat(collectUntagged(Duration.ZERO).condemned()).isEqualTo(2);
    client.misses(digest(IMAGE));
  }

  @Test
  void leavesAReferrerAsLongAsItsSubjectIsThere() {
    client.push(IMAGE, "latest");
    var signature = TestImage.about(IMAGE, "application/vnd.example.signature", 1);
    client.push(signature, digest(signature));
    world.passes(Duration.ofDays(2));
    assertThat(collectUntagged(Duration.ZERO).condemned()).isZero();
    client.pulls(digest(signature), signature);

    client.delete(IMAGE);
    collectUntagged(Duration.ZERO); // its tombstone queues the referrer
    collectUntagged(Duration.ZERO);
    client.misses(digest(signature));
  }

  @Test
  void takesAReferrerWhoseSubjectNeverCame() {
    var signature = TestImage.about(IMAGE, "application/vnd.example.signature", 1);
    client.push(signature, digest(signature));
    world.passes(Duration.ofDays(2));
    assertThat(collectUntagged(Duration.ofDays(3)).condemned()).isZero();
    assertThat(collectUntagged(Duration.ofDays(2)).condemned()).isEqualTo(1);
  }

  @Test
  void endsUploadsThatStandStillAndRemovesWhatTheyLeft() {
    var upload = client.post();
    var large = TestBlob.random(3, 2 * TestBlob.PART_BYTES);
    int half = TestBlob.PART_BYTES;
    upload = Upload.of(client.patchAt(upload, 0, large.slice(0, half)));
    upload = Upload.of(client.patchAt(upload, half, large.slice(half, 2 * half)));
    world.passes(GRACE);
    assertThat(collect().steps()).isEqualTo(1);
    assertThat(world.process().uploads().status(APP, upload.session())).isEmpty();
    assertThat(world.objects().multiparts()).isNotEmpty();

    world.passes(GRACE);
    world.faults().restart();
    assertThat(collect().purged()).isEqualTo(1);
    assertThat(world.objects().keys()).isEmpty();
    assertThat(world.objects().multiparts()).isEmpty();
    var calls = world.faults().calls();
    assertThat(calls.indexOf("abortMultipart")).isPositive().isLessThan(calls.indexOf("delete"));
  }

  @Test
  void removesTheBodyOfALargeManifestWithItsTombstone() {
    var large = TestImage.withNoise(600 * 1024);
    client.push(large, "latest");
    client.delete(large);
    world.passes(TRASH);
    collect();
    world.passes(TRASH);
    collect();
    assertThat(world.objects().keys()).isEmpty();
    assertThat(Contents.of(world.all()).tombstones()).isEmpty();
  }

  @Test
  void goesOnWithADeletionThatWasCutShort() {
    IntStream.range(0, 70).forEach(n -> client.push(IMAGE, "t" + n));
    world.crashes(2, dev.roadstead.memory.FaultPlan.When.AFTER, () -> client.delete(IMAGE));
    assertThat(Contents.of(world.all()).progress()).hasSize(1);
    assertThat(collect().steps()).isPositive();
    assertThat(Contents.of(world.all()).progress()).isEmpty();
    client.misses("t5");
    client.misses(digest(IMAGE));
  }

  @Test
  void aDryRunWritesNothingAndGivesTheReasonForEachCandidate() {
    client.push(BLOB);
    client.push(IMAGE, "latest");
    client.push(NEXT, "next");
    client.delete(NEXT);
    client.post();
    world.passes(GRACE);
    var before = world.all();
    var findings = new ArrayList<Collector.Finding>();
    world.faults().restart();
    var report = collector(Optional.empty()).dryRun(findings::add);
    assertThat(world.faults().calls()).containsOnly("due", "get", "snapshot");
    assertThat(world.all()).isEqualTo(before);
    assertThat(report.condemned()).isEqualTo(3);
    assertThat(findings)
        .extracting(finding -> finding.verdict() instanceof Verdict.Garbage g ? g.why() : "")
        .contains("nothing names it", "the upload has stood still past its life");
    assertThat(collect().condemned()).isEqualTo(report.condemned());
  }

  @Test
  void whatCannotBeDealtWithWaitsAndHoldsUpNothingElse() {
    client.push(BLOB);
    client.delete(BLOB);
    client.push(IMAGE.blobs().getFirst());
    client.delete(IMAGE.blobs().getFirst());
    var damaged = trashOf(BLOB);
    world
        .items()
        .write(new Write.Update(damaged.key(), List.of(Change.put("reason", "?")), Condition.NONE));
    world.passes(TRASH);
    var report = collector(Optional.empty()).run();
    assertThat(report.failed()).isEqualTo(1);
    assertThat(report.purged()).isEqualTo(1);

    assertThat(collector(Optional.empty()).run().reviewed()).isZero();
    world.passes(Duration.ofMinutes(1));
    assertThat(collector(Optional.empty()).run().failed()).isEqualTo(1);
    world.passes(Duration.ofMinutes(1));
    assertThat(collector(Optional.empty()).run().failed()).isZero();
    assertThat(trashOf(BLOB).number(Hint.TRIES)).isEqualTo(2);
  }

  private Item trashOf(TestBlob blob) {
    return world.all().stream()
        .filter(item -> item.key().partition().equals("X#" + blob.digest()))
        .findFirst()
        .orElseThrow();
  }

  private static String digest(TestImage image) {
    return image.manifest().digest().toString();
  }
}
