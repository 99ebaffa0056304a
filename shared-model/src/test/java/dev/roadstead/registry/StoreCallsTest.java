package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Reference;
import dev.roadstead.registry.Client.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How many calls to the stores each operation makes, which is what it costs and how long it takes.
 * A change that adds one fails here.
 */
class StoreCallsTest {
  private static final TestBlob BLOB = TestBlob.random(1, 1000);
  private static final TestBlob LARGE = TestBlob.random(2, 2 * TestBlob.PART_BYTES);
  private static final TestImage IMAGE = TestImage.numbered(1);
  private static final TestImage NEXT = TestImage.numbered(2);
  private static final TestImage BIG_BODY = TestImage.withNoise(5000);
  private static final String DIGEST = IMAGE.manifest().digest().toString();

  private final World world = new World();
  private final Client client = world.client(APP);
  private final Client before = world.other(APP);

  /** The names of the store calls that something makes. */
  private String callsOf(Runnable operation) {
    world.faults().restart();
    operation.run();
    var calls = String.join(" ", world.faults().calls());
    world.isSafe();
    return calls;
  }

  private void head(String reference) {
    assertThat(world.process().manifests().find(APP, Reference.parse(reference))).isPresent();
  }

  private void get(String reference) {
    assertThat(world.process().manifests().read(APP, Reference.parse(reference))).isPresent();
  }

  @Test
  void manifestByTag() {
    before.push(IMAGE, "latest");
    assertThat(callsOf(() -> head("latest"))).isEqualTo("get");
    assertThat(callsOf(() -> get("latest"))).isEqualTo("get");
    assertThat(callsOf(() -> client.misses("nothing"))).isEqualTo("get get");
  }

  @Test
  void manifestByTagWhoseBodyIsNotSmall() {
    before.push(BIG_BODY, "latest");
    assertThat(callsOf(() -> head("latest"))).isEqualTo("get");
    assertThat(callsOf(() -> get("latest"))).isEqualTo("get query");
  }

  @Test
  void manifestByDigest() {
    before.push(IMAGE, "latest");
    assertThat(callsOf(() -> head(DIGEST))).isEqualTo("get");
    assertThat(callsOf(() -> get(DIGEST))).isEqualTo("query");
  }

  @Test
  void blob() {
    before.push(BLOB);
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get");
    assertThat(callsOf(() -> client.pulls(BLOB))).isEqualTo("get");
  }

  @Test
  void blobThatIsMissing() {
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get query get");
    before.post();
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get query list get");
  }

  @Test
  void blobWhoseLeaseIsShort() {
    before.push(BLOB);
    world.passes(Duration.ofHours(13));
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get write");
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get");
  }

  @Test
  void startUpload() {
    assertThat(callsOf(client::post)).isEqualTo("write");
  }

  @Test
  void wholeBlobInOneChunk() {
    var upload = before.post();
    assertThat(callsOf(() -> client.patchStream(upload, BLOB.bytes())))
        .isEqualTo("write storeAs write");
    assertThat(callsOf(() -> client.putEmpty(upload, BLOB.digest()))).isEqualTo("get transact");
  }

  @Test
  void wholeBlobInOnePut() {
    var upload = before.post();
    assertThat(callsOf(() -> client.put(upload, BLOB.digest(), BLOB.bytes())))
        .isEqualTo("write storeAs transact");
  }

  @Test
  void wholeBlobInOnePost() {
    // A session of its own, so that the trash gets what a crash leaves.
    assertThat(callsOf(() -> client.postWhole(BLOB))).isEqualTo("write write storeAs transact");
  }

  @Test
  void blobThatAnotherRepositoryHasToo() {
    world.other(OTHER).push(BLOB);
    var upload = before.post();
    assertThat(callsOf(() -> client.put(upload, BLOB.digest(), BLOB.bytes())))
        .isEqualTo("write storeAs transact transact");
  }

  @Test
  void chunksThatBecomeParts() {
    var upload = before.post();
    var half = TestBlob.PART_BYTES;
    assertThat(callsOf(() -> client.patchAt(upload, 0, LARGE.slice(0, half))))
        .isEqualTo("write storeAs write");
    assertThat(callsOf(() -> client.patchAt(upload, half, LARGE.slice(half, 2 * half))))
        .isEqualTo("write createMultipart write putPart storeAsPart write delete");
    assertThat(callsOf(() -> client.putEmpty(upload, LARGE.digest())))
        .isEqualTo("get write head completeMultipart transact");
  }

  @Test
  void smallChunks() {
    var upload = before.post();
    client.patchAt(upload, 0, BLOB.slice(0, 500));
    assertThat(callsOf(() -> client.patchAt(upload, 500, BLOB.slice(500, 1000))))
        .isEqualTo("write storeAs write");
    assertThat(callsOf(() -> client.putEmpty(upload, BLOB.digest())))
        .isEqualTo("get write read read storeAs transact");
  }

  @Test
  void chunkThatIsOutOfOrder() {
    var fresh = before.post();
    var half = Upload.of(before.patchAt(before.post(), 0, BLOB.slice(0, 500)));
    for (var upload : List.of(fresh, half)) {
      var items = world.all();
      assertThat(callsOf(() -> isOutOfOrder(upload))).isEqualTo("write get");
      assertThat(world.all()).as("the write was refused").isEqualTo(items);
    }
  }

  private void isOutOfOrder(Upload upload) {
    assertThatThrownBy(() -> client.patchAt(upload, 600, BLOB.slice(600, 1000)))
        .isInstanceOf(RegistryException.class);
  }

  @Test
  void statusAndCancel() {
    var upload = Upload.of(before.patch(before.post(), BLOB.bytes()));
    assertThat(callsOf(() -> client.status(upload))).isEqualTo("get");
    assertThat(callsOf(() -> client.cancel(upload))).isEqualTo("get transact");
    var fresh = before.post();
    assertThat(callsOf(() -> client.cancel(fresh))).isEqualTo("get transact");
  }

  @Test
  void claim() {
    before.pushDirect(BLOB);
    assertThat(callsOf(() -> client.has(BLOB))).isEqualTo("get query list head transact get");
  }

  @Test
  void claimOfEverythingAManifestNames() {
    world.client(APP).push(NEXT, "known");
    IMAGE.blobs().forEach(before::pushDirect);
    assertThat(callsOf(() -> client.put(IMAGE, "latest")))
        .isEqualTo("get transact query list head transact list head transact snapshot transact");
  }

  @Test
  void mount() {
    world.other(OTHER).push(BLOB);
    var process = world.process();
    assertThat(callsOf(() -> process.blobs().mount(APP, BLOB.digest(), Optional.of(OTHER))))
        .isEqualTo("get transact");
    assertThat(
            callsOf(() -> process.blobs().mount(APP, IMAGE.manifest().digest(), Optional.empty())))
        .isEqualTo("get");
  }

  @Test
  void newManifest() {
    before.pushParts(IMAGE);
    before.pushParts(NEXT);
    assertThat(callsOf(() -> client.put(IMAGE, "latest"))).isEqualTo("get get transact");
    // From now on the process knows the repository; but the tag moves, and may be immutable.
    assertThat(callsOf(() -> client.put(NEXT, "latest"))).isEqualTo("get get transact");
    assertThat(callsOf(() -> client.put(NEXT, "1.0"))).isEqualTo("get transact transact");
  }

  @Test
  void newManifestByDigest() {
    client.push(NEXT, "latest");
    before.pushParts(IMAGE);
    assertThat(callsOf(() -> client.put(IMAGE, DIGEST))).isEqualTo("transact");
  }

  @Test
  void manifestThatIsThereUnderThatTag() {
    before.push(IMAGE, "latest");
    var items = world.all();
    assertThat(callsOf(() -> client.put(IMAGE, "latest"))).isEqualTo("get");
    assertThat(world.all()).isEqualTo(items);
  }

  @Test
  void manifestThatIsThereUnderAnotherTag() {
    client.push(IMAGE, "1.0");
    client.push(NEXT, "latest");
    // Whether it is there is learnt from the first transaction, which would have stored it.
    assertThat(callsOf(() -> client.put(IMAGE, "latest"))).isEqualTo("get get transact transact");
  }

  @Test
  void tagList() {
    before.pushParts(IMAGE);
    IntStream.range(0, 1100).forEach(n -> before.put(IMAGE, "t" + n));
    var tags = world.process().tags();
    assertThat(callsOf(() -> tags.list(APP, Optional.empty(), 1000))).isEqualTo("query");
    assertThat(callsOf(() -> client.referrers(IMAGE))).isEqualTo("query");
    var repositories = world.process().repositories();
    assertThat(callsOf(() -> repositories.list(Optional.empty(), 100))).isEqualTo("query");
  }

  @Test
  void deletions() {
    before.push(IMAGE, "latest");
    before.push(BLOB);
    assertThat(callsOf(() -> client.untag("latest"))).isEqualTo("get get transact");
    assertThat(callsOf(() -> client.delete(IMAGE))).isEqualTo("get transact");
    assertThat(callsOf(() -> client.delete(BLOB))).isEqualTo("get get transact");
    before.push(NEXT, "latest");
    // One more for each tag that goes with it.
    assertThat(callsOf(() -> client.delete(NEXT))).isEqualTo("get get transact");
  }
}
