package dev.roadstead.registry;

import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.Client.Upload;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange.Message;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Uploads refuse what is wrong, say why, and lose nothing of what was accepted. */
class UploadHostileTest {
  private static final TestBlob BLOB = TestBlob.random(1, 1000);
  private static final TestBlob LARGE = TestBlob.random(2, 100_000);

  private final World world = new World();
  private final Client client = world.client(APP);

  @AfterEach
  void everythingIsSafe() {
    world.isSafeAfterEvents();
  }

  private static RegistryException refused(int status, String code, Supplier<Answer> request) {
    try {
      throw new AssertionError("not refused: " + request.get().status());
    } catch (RegistryException refusal) {
      assertThat(refusal.status()).isEqualTo(status);
      assertThat(refusal.problems().getFirst().code().specCode()).isEqualTo(code);
      return refusal;
    }
  }

  private Upload half() {
    return Upload.of(client.patchAt(client.post(), 0, BLOB.slice(0, 500)));
  }

  private void canBeFinished(Upload upload) {
    Client.created(client.put(upload, BLOB.digest(), BLOB.slice(500, 1000)));
    client.pulls(BLOB);
  }

  @Test
  void aGapIsRefusedWithThePlaceWhereTheUploadStands() {
    var upload = half();
    var refusal =
        refused(
            416, "BLOB_UPLOAD_INVALID", () -> client.patchAt(upload, 501, BLOB.slice(501, 600)));
    assertThat(refusal.headers()).containsEntry("Range", "0-499").containsKey("Location");
    canBeFinished(upload);
  }

  @Test
  void anOverlapIsRefusedWithThePlaceWhereTheUploadStands() {
    var upload = half();
    var refusal =
        refused(
            416, "BLOB_UPLOAD_INVALID", () -> client.patchAt(upload, 499, BLOB.slice(499, 600)));
    assertThat(refusal.headers()).containsEntry("Range", "0-499");
    canBeFinished(upload);
  }

  @Test
  void aChunkThatIsSentAgainIsRefusedAndNotAppendedTwice() {
    var upload = half();
    refused(416, "BLOB_UPLOAD_INVALID", () -> client.patchAt(upload, 0, BLOB.slice(0, 500)));
    canBeFinished(upload);
  }

  @Test
  void aFirstChunkFromTheMiddleIsRefused() {
    var upload = client.post();
    refused(416, "BLOB_UPLOAD_INVALID", () -> client.patchAt(upload, 100, BLOB.slice(100, 200)));
    Client.created(client.put(upload, BLOB.digest(), BLOB.bytes()));
  }

  @Test
  void aRangeThatIsNotTheBodysLengthIsRefused() {
    var upload = half();
    var message =
        new Message(
            APP,
            upload.location(),
            Optional.empty(),
            Optional.of("500-600"),
            OptionalLong.of(50),
            Client.channel(BLOB.slice(500, 550)));
    refused(400, "SIZE_INVALID", () -> world.process().exchange().append(message));
    canBeFinished(upload);
  }

  @Test
  void aBodyThatEndsEarlyOrLateIsRefused() {
    for (int announced : new int[] {499, 501}) {
      var upload = half();
      var message =
          new Message(
              APP,
              upload.location(),
              Optional.empty(),
              Optional.empty(),
              OptionalLong.of(announced),
              Client.channel(BLOB.slice(500, 1000)));
      refused(400, "SIZE_INVALID", () -> world.process().exchange().append(message));
      canBeFinished(upload);
    }
  }

  @Test
  void aBodyThatBreaksOffLeavesTheUploadWhereItStood() {
    var upload = half();
    var body = new BrokenBody(BLOB.slice(500, 900));
    assertThatThrownBy(() -> client.patchBody(upload, body))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(client.status(upload).headers()).containsEntry("Range", "0-499");
    canBeFinished(upload);
  }

  @Test
  void aWholePostWhoseBodyEndsEarlyIsRefused() {
    var length = OptionalLong.of(2000);
    var body = Client.channel(BLOB.bytes());
    var refusal =
        refused(
            400,
            "SIZE_INVALID",
            () -> world.process().exchange().whole(APP, BLOB.digest(), length, body));
    assertThat(refusal.getMessage()).contains("2000").contains("1000").doesNotContain("[");
  }

  @Test
  void aWrongDigestEndsTheUploadAndCondemnsItsBytes() {
    var upload = half();
    var wrong = TestBlob.of("something else").digest();
    refused(400, "DIGEST_INVALID", () -> client.putEmpty(upload, wrong));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.status(upload));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.patch(upload, BLOB.slice(500, 1000)));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.putEmpty(upload, BLOB.digest()));
    assertThat(client.has(BLOB)).isFalse();
    assertThat(Contents.of(world.all()).trash()).hasSize(1);
  }

  @Test
  void aWrongDigestOfAWholePutIsRefused() {
    var wrong = TestBlob.of("something else").digest();
    refused(400, "DIGEST_INVALID", () -> client.put(client.post(), wrong, BLOB.bytes()));
    refused(400, "DIGEST_INVALID", () -> client.postWhole(new TestBlob(BLOB.bytes(), wrong)));
    assertThat(client.has(BLOB)).isFalse();
  }

  @Test
  void anUploadThatWasFinishedTakesNothingMore() {
    var upload = half();
    canBeFinished(upload);
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.patch(upload, BLOB.bytes()));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.status(upload));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.cancel(upload));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.putEmpty(upload, LARGE.digest()));
  }

  @Test
  void aRepeatOfTheClosingPutFindsTheBlob() {
    var upload = half();
    canBeFinished(upload);
    Client.created(client.put(upload, BLOB.digest(), BLOB.slice(500, 1000)));
    Client.created(client.putEmpty(upload, BLOB.digest()));
  }

  @Test
  void anUploadThatWasCancelledTakesNothingMore() {
    var upload = half();
    assertThat(client.cancel(upload).status()).isEqualTo(204);
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.patch(upload, BLOB.bytes()));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.putEmpty(upload, BLOB.digest()));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.cancel(upload));
  }

  @Test
  void anUploadOfAnotherRepositoryIsUnknown() {
    var upload = half();
    var stranger = world.client(OTHER);
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> stranger.patch(upload, BLOB.bytes()));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> stranger.putEmpty(upload, BLOB.digest()));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> stranger.status(upload));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> stranger.cancel(upload));
    canBeFinished(upload);
  }

  @Test
  void aForgedLocationIsUnknown() {
    var upload = half();
    for (var location :
        new String[] {
          "", upload.session().toString(), upload.location() + "A", "../" + upload.location()
        }) {
      var forged = new Upload(location, upload.session());
      refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.patch(forged, BLOB.bytes()));
    }
    canBeFinished(upload);
  }

  @Test
  void sha512IsTakenAtTheEndWhileTheUploadIsSmall() {
    var blob = BLOB.withSha512();
    client.pushInOnePatch(blob);
    client.pulls(blob);
  }

  @Test
  void sha512IsTakenForALargeUploadThatBeganWithIt() {
    var blob = LARGE.withSha512();
    var answer = world.process().exchange().start(APP, Optional.of(HashAlgorithm.SHA512));
    var upload = Upload.of(client.patch(Upload.of(answer), blob.bytes()));
    Client.created(client.putEmpty(upload, blob.digest()));
    client.pulls(blob);
  }

  @Test
  void sha512IsTakenForALargeWholePut() {
    var blob = LARGE.withSha512();
    client.push(blob);
    client.pulls(blob);
    Client.created(client.postWhole(blob));
  }

  @Test
  void anAlgorithmThatWasNotHashedIsRefusedAndTheUploadGoesOn() {
    var upload = Upload.of(client.patch(client.post(), LARGE.bytes()));
    refused(400, "DIGEST_INVALID", () -> client.putEmpty(upload, LARGE.withSha512().digest()));
    Client.created(client.putEmpty(upload, LARGE.digest()));
    client.pulls(LARGE);
  }

  @Test
  void upperCaseHexIsNoDigest() {
    var upper = BLOB.digest().toString().replace('a', 'A').replace('b', 'B').replace('c', 'C');
    assertThatThrownBy(() -> Digest.parse(upper)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Digest.parse("SHA256:" + BLOB.digest().hex()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bytesThatArriveAfterACancelAreCondemnedToo() {
    var upload = client.post();
    // The process is held up between its reservation and storing the bytes.
    world.faults().actBefore(1, () -> world.other(APP).cancel(upload));
    refused(404, "BLOB_UPLOAD_UNKNOWN", () -> client.patch(upload, BLOB.bytes()));
    assertThat(world.faults().calls()).contains("storeAs");
    assertThat(world.objects().keys()).hasSize(1);
  }

  @Test
  void theStatusGivesALocationForADirectPutOnlyWhileNoChunkWasTried() {
    var upload = client.post();
    world.passes(Duration.ofMinutes(30));
    // The same location: asking the status does not make the direct way longer.
    assertThat(Upload.of(client.status(upload))).isEqualTo(upload);
    refused(416, "BLOB_UPLOAD_INVALID", () -> client.patchAt(upload, 5, BLOB.bytes()));
    assertThat(Upload.of(client.status(upload))).isEqualTo(upload);
    var body = new BrokenBody(BLOB.bytes());
    assertThatThrownBy(() -> client.patchBody(upload, body))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(Upload.of(client.status(upload))).isNotEqualTo(upload);
    assertThat(Upload.of(client.status(Upload.of(client.status(upload)))))
        .isEqualTo(Upload.of(client.status(upload)));
  }
}
