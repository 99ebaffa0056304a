package dev.roadstead.registry;

import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.TestBlob.PART_BYTES;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.RegistryException;
import dev.roadstead.registry.CrashSweep.Story;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Uploads survive a crash before and after every store call, by every way a client may go. */
class UploadCrashTest {
  private static final TestBlob SMALL = TestBlob.random(1, 1000);
  private static final TestBlob LARGE = TestBlob.random(2, 2 * PART_BYTES + 1000);
  private static final TestBlob EMPTY = TestBlob.of("");

  /** A client that asks whether the blob is there, and otherwise begins anew. */
  private static void sweepPush(TestBlob blob, BiConsumer<Client, TestBlob> push) {
    sweep(
        world -> {
          var client = world.client(APP);
          return new Story(
              () -> {
                if (!client.has(blob)) {
                  push.accept(client, blob);
                }
              },
              () -> client.pulls(blob));
        });
  }

  /** A client that goes on where the upload stands. */
  private static void sweepResuming(TestBlob blob, int chunkBytes, boolean lastInPut) {
    sweep(
        world -> {
          var client = world.client(APP);
          var upload = new ResumingUpload(client, blob, chunkBytes, lastInPut);
          return new Story(
              upload::run,
              () -> {
                client.pulls(blob);
                // Only a POST whose answer was lost makes it begin a second one.
                assertThat(upload.begun()).isEqualTo(1);
              });
        });
  }

  @Test
  void smallBlobInOnePut() {
    sweepPush(SMALL, Client::push);
    sweepPush(SMALL.withSha512(), Client::push);
  }

  @Test
  void smallBlobInOnePost() {
    sweepPush(SMALL, (client, blob) -> Client.created(client.postWhole(blob)));
  }

  @Test
  void emptyBlob() {
    sweepPush(EMPTY, Client::push);
    sweepPush(EMPTY, Client::pushStream);
  }

  @Test
  void streamOfUnknownLength() {
    sweepPush(SMALL, Client::pushStream);
    sweepPush(LARGE, Client::pushStream);
  }

  @Test
  void largeBlobInOnePatch() {
    sweepPush(LARGE, Client::pushInOnePatch);
  }

  @Test
  void smallChunksThatBecomeOneObject() {
    sweepResuming(SMALL, 300, false);
    sweepResuming(SMALL, 300, true);
  }

  @Test
  void soManyTinyChunksThatTheyAreMerged() {
    sweepResuming(SMALL, 50, false);
  }

  @Test
  void chunksLargeEnoughToBeParts() {
    sweepResuming(LARGE, PART_BYTES, false);
  }

  @Test
  void chunksThatAreMergedIntoParts() {
    var blob = TestBlob.random(4, PART_BYTES + 3_000_000);
    sweepResuming(blob, 3_000_000, false);
    sweepResuming(blob, 3_000_000, true);
  }

  @Test
  void aLargeChunkAndASmallOne() {
    sweepResuming(TestBlob.random(3, PART_BYTES + 1000), PART_BYTES, false);
    sweepResuming(TestBlob.random(3, PART_BYTES + 1000), PART_BYTES, true);
  }

  @Test
  void streamsInSeveralRequests() {
    sweepPush(
        LARGE,
        (client, blob) -> {
          var first = client.patchStream(client.post(), blob.slice(0, PART_BYTES));
          var second =
              client.patchStream(Client.Upload.of(first), blob.slice(PART_BYTES, 2 * PART_BYTES));
          var rest = blob.slice(2 * PART_BYTES, blob.sizeBytes());
          Client.created(client.put(Client.Upload.of(second), blob.digest(), rest));
        });
  }

  @Test
  void blobThatAnotherRepositoryHas() {
    for (var blob : new TestBlob[] {SMALL, LARGE}) {
      sweep(
          world -> {
            world.other(OTHER).push(blob);
            var client = world.client(APP);
            var upload =
                new ResumingUpload(client, blob, Math.max(300, blob.sizeBytes() / 2), false);
            return new Story(upload::run, () -> client.pulls(blob));
          });
    }
  }

  @Test
  void blobThatTheRepositoryHasAlready() {
    sweep(
        world -> {
          world.other(APP).push(SMALL);
          var client = world.client(APP);
          return new Story(() -> client.push(SMALL), () -> client.pulls(SMALL));
        });
  }

  @Test
  void aRepeatOfTheClosingPutIsTheSameAnswer() {
    sweep(
        world -> {
          var client = world.client(APP);
          var upload = Client.Upload.of(client.patch(client.post(), SMALL.bytes()));
          return new Story(
              () -> Client.created(client.putEmpty(upload, SMALL.digest())),
              () -> client.pulls(SMALL));
        });
  }

  @Test
  void aRepeatOfAWholePutIsTheSameAnswer() {
    sweep(
        world -> {
          var client = world.client(APP);
          var upload = client.post();
          return new Story(
              () -> Client.created(client.put(upload, SMALL.digest(), SMALL.bytes())),
              () -> client.pulls(SMALL));
        });
  }

  @Test
  void wrongDigest() {
    for (var chunkBytes : new int[] {LARGE.sizeBytes(), PART_BYTES}) {
      sweep(
          world -> {
            var client = world.client(APP);
            return new Story(
                () -> isRefused(client, chunkBytes), () -> assertThat(client.has(SMALL)).isFalse());
          });
    }
  }

  private static void isRefused(Client client, int chunkBytes) {
    try {
      var upload = client.post();
      for (int at = 0; at < LARGE.sizeBytes(); at += chunkBytes) {
        upload = Client.Upload.of(client.patchAt(upload, at, LARGE.slice(at, at + chunkBytes)));
      }
      client.putEmpty(upload, SMALL.digest());
    } catch (RegistryException refusal) {
      assertThat(refusal.status()).isEqualTo(400);
      return;
    }
    throw new AssertionError("a wrong digest was taken");
  }

  @Test
  void cancelling() {
    for (var chunkBytes : new int[] {0, 1000, PART_BYTES, LARGE.sizeBytes()}) {
      sweep(
          world -> {
            var client = world.client(APP);
            var upload = upTo(client, chunkBytes);
            return new Story(
                () -> cancelledOrGone(client, upload),
                () ->
                    assertThat(world.process().uploads().status(APP, upload.session())).isEmpty());
          });
    }
  }

  /** An upload of as many chunks of this size as there are, three at most. */
  private static Client.Upload upTo(Client client, int chunkBytes) {
    var upload = client.post();
    int end = Math.min(3 * chunkBytes, LARGE.sizeBytes());
    for (int at = 0; at < end; at += chunkBytes) {
      upload = Client.Upload.of(client.patchAt(upload, at, LARGE.slice(at, at + chunkBytes)));
    }
    return upload;
  }

  private static void cancelledOrGone(Client client, Client.Upload upload) {
    try {
      assertThat(client.cancel(upload).status()).isEqualTo(204);
    } catch (RegistryException gone) {
      assertThat(gone.status()).isEqualTo(404);
    }
  }

  @Test
  void expiry() {
    for (var chunkBytes : new int[] {0, 1000, PART_BYTES, LARGE.sizeBytes()}) {
      sweep(
          world -> {
            var upload = upTo(world.client(APP), chunkBytes);
            world.passes(Duration.ofHours(25));
            return new Story(
                () -> world.process().uploads().expire(APP, upload.session()),
                () ->
                    assertThat(world.process().uploads().status(APP, upload.session())).isEmpty());
          });
    }
  }
}
