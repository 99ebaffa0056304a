package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Client.Upload;
import dev.roadstead.registry.Interleaving.Answers;
import dev.roadstead.registry.Interleaving.Race;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Direct PUTs become blobs when somebody needs them, once, and only where they were pushed. */
class DirectPutTest {
  private static final TestBlob BLOB = TestBlob.random(1, 1000);
  private static final TestBlob OTHER_BLOB = TestBlob.random(2, 1000);

  private final World world = new World();
  private final Client client = world.client(APP);

  @Test
  void aBlobIsThereAsSoonAsItsBytesAre() {
    var upload = client.post();
    assertThat(client.has(BLOB)).isFalse();
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isTrue();
    client.pulls(BLOB);
    world.isSafeAfterEvents();
  }

  @Test
  void anImageOfNothingButDirectPutsIsPushed() {
    var image = TestImage.of(BLOB, OTHER_BLOB);
    image.blobs().forEach(client::pushDirect);
    Client.stored(client.put(image, "latest"));
    client.pulls("latest", image);
    world.isSafeAfterEvents();
  }

  @Test
  void aDirectPutIsNothingToAnotherRepository() {
    client.pushDirect(BLOB);
    world.client(OTHER).post();
    assertThat(world.client(OTHER).has(BLOB)).isFalse();
    assertThat(client.has(BLOB)).isTrue();
    world.isSafeAfterEvents();
  }

  @Test
  void aRepeatOfThePutChangesNothing() {
    var upload = client.post();
    client.putDirect(upload, BLOB);
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isTrue();
    client.putDirect(upload, BLOB);
    client.pulls(BLOB);
    world.isSafeAfterEvents();
    client.pulls(BLOB);
    assertThat(world.directPuts()).hasSize(1);
  }

  @Test
  void aLocationThatIsUsedAgainForOtherBytesMakesNoSecondBlob() {
    var upload = client.post();
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isTrue();
    client.putDirect(upload, OTHER_BLOB);
    client.post();
    assertThat(client.has(OTHER_BLOB)).isFalse();
    world.isSafeAfterEvents();
    assertThat(client.has(OTHER_BLOB)).isFalse();
    client.pulls(BLOB);
  }

  @Test
  void aRepeatAfterTheBlobWasDeletedBringsNothingBack() {
    var upload = client.post();
    client.putDirect(upload, BLOB);
    client.delete(BLOB);
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isFalse();
    world.isSafe(); // the trash names the key still
  }

  @Test
  void bytesThatTheStoreDidNotCheckAreNeverClaimed() {
    var upload = client.post();
    try (var staging = world.objects().stage()) {
      staging.write(ByteBuffer.wrap(OTHER_BLOB.bytes()));
      staging.storeAs(Keys.directPut(APP, BLOB.digest(), upload.session()));
    }
    assertThat(client.has(BLOB)).isFalse();
    world.isSafe();
  }

  @Test
  void aLocationOfAnUploadThatTakesChunksBringsNoBlob() {
    var upload = client.post();
    var chunked = Upload.of(client.patch(upload, OTHER_BLOB.bytes()));
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isFalse();
    world.isSafeAfterEvents();
    assertThat(world.directPuts()).isEmpty();
    Client.created(client.putEmpty(chunked, OTHER_BLOB.digest()));
    client.pulls(OTHER_BLOB);
  }

  @Test
  void whatComesAfterTheUploadExpiredIsRemoved() {
    var upload = client.post();
    world.passes(Duration.ofHours(25));
    assertThat(world.process().uploads().expire(APP, upload.session())).isTrue();
    client.putDirect(upload, BLOB);
    assertThat(client.has(BLOB)).isFalse();
    world.isSafeAfterEvents();
    assertThat(world.directPuts()).isEmpty();
  }

  @Test
  void eventsMayComeTwiceAndForWhatIsGone() {
    client.pushDirect(BLOB);
    var key = world.directPuts().getFirst();
    world.deliver(key);
    world.deliver(key);
    client.pulls(BLOB);
    client.delete(BLOB);
    world.objects().delete(key); // as the collector does in the end
    world.deliver(key);
    assertThat(client.has(BLOB)).isFalse();
  }

  @Test
  void anEventLeavesWhatCanStillBeGotBackFromTheTrash() {
    client.pushDirect(BLOB);
    var key = world.directPuts().getFirst();
    client.delete(BLOB);
    world.deliver(key);
    assertThat(world.directPuts()).containsExactly(key);
    world.isSafe();
  }

  @Test
  void ofTwoDirectPutsOfOneBlobOneIsKept() {
    client.pushDirect(BLOB);
    client.pushDirect(BLOB);
    client.pulls(BLOB);
    world.isSafeAfterEvents();
    client.pulls(BLOB);
    assertThat(world.directPuts()).hasSize(1);
  }

  @Test
  void twoRepositoriesShareWhatBothWereSent() {
    client.pushDirect(BLOB);
    client.pulls(BLOB);
    world.client(OTHER).pushDirect(BLOB);
    world.client(OTHER).pulls(BLOB);
    assertThat(world.directPuts()).hasSize(1);
    client.delete(BLOB);
    world.isSafeAfterEvents();
    world.client(OTHER).pulls(BLOB);
  }

  @Test
  void everybodyWhoClaimsAtOnceHasTheBlob() {
    sweep(
        world -> {
          world.other(APP).pushDirect(BLOB);
          return new Race(
              () -> world.client(APP).pulls(BLOB),
              () -> world.other(APP).pulls(BLOB),
              () -> world.client(APP).pulls(BLOB));
        });
  }

  @Test
  void twoManifestsThatClaimTheSameBlobsAreBothStored() {
    var first = TestImage.of(BLOB, OTHER_BLOB);
    var second = TestImage.of(OTHER_BLOB, BLOB);
    sweep(
        world -> {
          world.other(APP).pushDirect(BLOB);
          world.other(APP).pushDirect(OTHER_BLOB);
          return new Race(
              () -> Client.stored(world.client(APP).put(first, "first")),
              () -> Client.stored(world.other(APP).put(second, "second")),
              () -> {
                world.client(APP).pulls("first", first);
                world.client(APP).pulls("second", second);
              });
        });
  }

  @Test
  void ofAClaimAndACancelOneWins() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          world.other(APP).putDirect(upload, BLOB);
          var has = new ArrayList<Boolean>();
          var cancel = new Answers();
          return new Race(
              () -> has.add(world.client(APP).has(BLOB)),
              cancel.of(() -> world.other(APP).cancel(upload)),
              () -> assertThat(cancel.statuses()).containsExactly(has.contains(true) ? 404 : 204));
        });
  }

  @Test
  void ofAClaimAndAChunkOneWins() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          world.other(APP).putDirect(upload, BLOB);
          var has = new ArrayList<Boolean>();
          var patch = new Answers();
          return new Race(
              () -> has.add(world.client(APP).has(BLOB)),
              patch.of(() -> world.other(APP).patch(upload, OTHER_BLOB.bytes())),
              () -> assertThat(patch.statuses()).containsExactly(has.contains(true) ? 404 : 202));
        });
  }

  @Test
  void anEventAndAClaimDoNotHurtEachOther() {
    sweep(
        world -> {
          world.other(APP).pushDirect(BLOB);
          var key = world.directPuts().getFirst();
          return new Race(
              () -> world.process().claims().arrived(APP, BLOB.digest(), key),
              () -> world.other(APP).pulls(BLOB),
              () -> world.client(APP).pulls(BLOB));
        });
  }

  @Test
  void aLateEventDoesNotTakeTheBytesOfABlobThatIsBorn() {
    // The event's verdict is made while somebody uploads the blob again, directly and otherwise.
    sweep(
        world -> {
          var dead = world.other(APP).post();
          world.other(APP).cancel(dead);
          world.other(APP).putDirect(dead, BLOB);
          var key = world.directPuts().getFirst();
          return new Race(
              () -> world.process().claims().arrived(APP, BLOB.digest(), key),
              () -> world.other(APP).pushDirect(BLOB),
              () -> world.client(APP).pulls(BLOB));
        });
  }

  @Test
  void aClaimLinksTheBlobAsItIsWhenItDiesAndIsBornAgain() {
    sweep(
        world -> {
          world.other(OTHER).push(BLOB);
          world.other(APP).pushDirect(BLOB);
          return new Race(
              () -> world.client(APP).pulls(BLOB),
              () -> {
                world.other(OTHER).delete(BLOB);
                world.other(OTHER).push(BLOB);
              },
              () -> {
                world.client(APP).pulls(BLOB);
                world.client(OTHER).pulls(BLOB);
              });
        });
  }
}
