package dev.roadstead.registry;

import static dev.roadstead.registry.CrashSweep.sweep;
import static dev.roadstead.registry.TestBlob.PART_BYTES;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.RegistryException;
import dev.roadstead.registry.Client.Upload;
import dev.roadstead.registry.CrashSweep.Story;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Uploads survive a crash before and after every store call, by every way a client may go. */
class UploadCrashTest {
  private static final TestBlob SMALL = TestBlob.random(1, 1000);
  private static final TestBlob LARGE = TestBlob.random(2, PART_BYTES + 2000);
  private static final TestBlob TWO_PARTS = TestBlob.random(3, 2 * PART_BYTES + 1000);
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

  /** A client that goes on where the upload stands; chunks end at these places. */
  private static void sweepResuming(TestBlob blob, int... ends) {
    sweep(
        world -> {
          var client = world.client(APP);
          var upload = new ResumingUpload(client, blob, ends);
          return new Story(
              upload::run,
              () -> {
                client.pulls(blob);
                assertThat(upload.begun()).isEqualTo(1); // it never had to begin again
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
    sweepResuming(SMALL, 300, 600, 1000);
    sweepResuming(SMALL, 300, 600);
  }

  @Test
  void soManyTinyChunksThatTheyAreMerged() {
    sweepResuming(SMALL, IntStream.rangeClosed(1, 20).map(n -> 50 * n).toArray());
  }

  @Test
  void chunksLargeEnoughToBeParts() {
    sweepResuming(TWO_PARTS, PART_BYTES, 2 * PART_BYTES);
  }

  @Test
  void chunksThatAreMergedIntoParts() {
    sweepResuming(LARGE, 1000, PART_BYTES, PART_BYTES + 1000);
    sweepResuming(LARGE, 1000, LARGE.sizeBytes());
  }

  @Test
  void aLargeChunkAndASmallOne() {
    sweepResuming(LARGE, PART_BYTES, LARGE.sizeBytes());
    sweepResuming(LARGE, PART_BYTES);
  }

  @Test
  void streamsInSeveralRequests() {
    sweepPush(
        LARGE,
        (client, blob) -> {
          var first = client.patchStream(client.post(), blob.slice(0, 1000));
          var second = client.patchStream(Upload.of(first), blob.slice(1000, PART_BYTES + 1000));
          var rest = blob.slice(PART_BYTES + 1000, blob.sizeBytes());
          Client.created(client.put(Upload.of(second), blob.digest(), rest));
        });
  }

  @Test
  void blobThatAnotherRepositoryHas() {
    for (var blob : List.of(SMALL, LARGE)) {
      sweep(
          world -> {
            world.other(OTHER).push(blob);
            var client = world.client(APP);
            var upload = new ResumingUpload(client, blob, blob.sizeBytes() - 500);
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
          var upload = Upload.of(client.patch(client.post(), SMALL.bytes()));
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

  /** An upload of chunks that end at these places. */
  private static Upload upTo(Client client, int... ends) {
    var upload = client.post();
    int at = 0;
    for (int end : ends) {
      upload = Upload.of(client.patchAt(upload, at, LARGE.slice(at, end)));
      at = end;
    }
    return upload;
  }

  /** Uploads of nothing, of one object, of tails, and of a part and a tail. */
  private static final List<int[]> UPLOADS =
      List.of(
          new int[] {},
          new int[] {LARGE.sizeBytes()},
          new int[] {1000, 2000},
          new int[] {1000, PART_BYTES + 1000, PART_BYTES + 2000});

  @Test
  void wrongDigest() {
    for (var ends : UPLOADS) {
      sweep(
          world -> {
            var client = world.client(APP);
            return new Story(
                () -> isRefused(client, upTo(client, ends)),
                () -> assertThat(client.has(SMALL)).isFalse());
          });
    }
  }

  private static void isRefused(Client client, Upload upload) {
    try {
      client.putEmpty(upload, SMALL.digest());
    } catch (RegistryException refusal) {
      assertThat(refusal.status()).isEqualTo(400);
      return;
    }
    throw new AssertionError("a wrong digest was taken");
  }

  private static boolean isGone(World world, Upload upload) {
    return world.process().uploads().status(APP, upload.session()).isEmpty();
  }

  @Test
  void cancelling() {
    for (var ends : UPLOADS) {
      sweep(
          world -> {
            var upload = upTo(world.client(APP), ends);
            return new Story(
                () -> world.process().uploads().cancel(APP, upload.session()),
                () -> assertThat(isGone(world, upload)).isTrue());
          });
    }
  }

  @Test
  void expiry() {
    for (var ends : UPLOADS) {
      sweep(
          world -> {
            var upload = upTo(world.client(APP), ends);
            world.passes(Duration.ofHours(25));
            return new Story(
                () -> world.process().uploads().expire(APP, upload.session()),
                () -> assertThat(isGone(world, upload)).isTrue());
          });
    }
  }
}
