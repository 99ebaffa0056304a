package dev.roadstead.registry;

import static dev.roadstead.registry.Interleaving.sweep;
import static dev.roadstead.registry.World.APP;
import static dev.roadstead.registry.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.registry.Client.Upload;
import dev.roadstead.registry.Interleaving.Answers;
import dev.roadstead.registry.Interleaving.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clients work on one upload, in every order in which their store calls can come. */
class UploadRaceTest {
  private static final TestBlob SMALL = TestBlob.random(1, 1000);
  private static final TestBlob OTHER_SMALL = TestBlob.random(2, 1000);
  private static final TestBlob LARGE = TestBlob.random(3, TestBlob.PART_BYTES + 1000);

  @Test
  void ofTwoRacingChunksOneIsAcceptedAndTheOtherIsToldWhereTheUploadStands() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          var answers = new Answers();
          return new Race(
              answers.of(() -> world.client(APP).patchAt(upload, 0, SMALL.bytes())),
              answers.of(() -> world.other(APP).patchAt(upload, 0, SMALL.bytes())),
              () -> {
                assertThat(answers.statuses()).containsExactlyInAnyOrder(202, 416);
                assertThat(answers.refused().getFirst().headers()).containsEntry("Range", "0-999");
                Client.created(world.client(APP).putEmpty(upload, SMALL.digest()));
                world.client(APP).pulls(SMALL);
              });
        });
  }

  @Test
  void ofTwoRacingPartsOneIsAcceptedAndTheOtherIsToldWhereTheUploadStands() {
    var part = LARGE.slice(1000, LARGE.sizeBytes());
    sweep(
        world -> {
          var upload =
              Upload.of(world.other(APP).patch(world.other(APP).post(), LARGE.slice(0, 1000)));
          var answers = new Answers();
          return new Race(
              answers.of(() -> world.client(APP).patchAt(upload, 1000, part)),
              answers.of(() -> world.other(APP).patchAt(upload, 1000, part)),
              () -> {
                assertThat(answers.statuses()).containsExactlyInAnyOrder(202, 416);
                Client.created(world.client(APP).putEmpty(upload, LARGE.digest()));
                world.client(APP).pulls(LARGE);
              });
        });
  }

  @Test
  void chunksWithoutARangeNeverInterleave() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          var answers = new Answers();
          return new Race(
              answers.of(() -> world.client(APP).patch(upload, SMALL.bytes())),
              answers.of(() -> world.other(APP).patch(upload, OTHER_SMALL.bytes())),
              () -> {
                // The second one is always whole; the first one comes after it, or not at all.
                long expected = answers.statuses().equals(List.of(202, 202)) ? 2000 : 1000;
                assertThat(world.process().uploads().status(APP, upload.session()))
                    .contains(new Uploads.Status(expected, false));
              });
        });
  }

  @Test
  void aWholePutThatIsSentTwiceMakesTheBlobForBoth() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          var answers = new Answers();
          return new Race(
              answers.of(() -> world.client(APP).put(upload, SMALL.digest(), SMALL.bytes())),
              answers.of(() -> world.other(APP).put(upload, SMALL.digest(), SMALL.bytes())),
              () -> {
                assertThat(answers.statuses()).containsExactly(201, 201);
                world.client(APP).pulls(SMALL);
              });
        });
  }

  @Test
  void aClosingPutThatIsSentTwiceMakesTheBlobForBoth() {
    for (var blob : new TestBlob[] {SMALL, LARGE}) {
      sweep(
          world -> {
            var other = world.other(APP);
            var half = blob.sizeBytes() - 500;
            var begun = Upload.of(other.patch(other.post(), blob.slice(0, half)));
            var upload = Upload.of(other.patch(begun, blob.slice(half, blob.sizeBytes())));
            var answers = new Answers();
            return new Race(
                answers.of(() -> world.client(APP).putEmpty(upload, blob.digest())),
                answers.of(() -> other.putEmpty(upload, blob.digest())),
                () -> {
                  assertThat(answers.statuses()).containsExactly(201, 201);
                  world.client(APP).pulls(blob);
                });
          });
    }
  }

  @Test
  void aClosingPutAndAChunkNeverMix() {
    for (var blob : new TestBlob[] {SMALL, LARGE}) {
      sweep(
          world -> {
            var other = world.other(APP);
            var begun = Upload.of(other.patch(other.post(), blob.slice(0, 500)));
            var upload = Upload.of(other.patch(begun, blob.slice(500, blob.sizeBytes())));
            var put = new Answers();
            var patch = new Answers();
            return new Race(
                put.of(() -> world.client(APP).putEmpty(upload, blob.digest())),
                patch.of(() -> other.patchAt(upload, blob.sizeBytes(), OTHER_SMALL.bytes())),
                () -> {
                  // Either the blob is made and the chunk refused, or the chunk was accepted, and
                  // the bytes are not what the digest says.
                  var expected = put.statuses().contains(201) ? 201 : 400;
                  assertThat(put.statuses()).containsExactly(expected);
                  assertThat(patch.statuses())
                      .isSubsetOf(expected == 201 ? List.of(400, 404) : List.of(202));
                  assertThat(world.client(APP).has(blob)).isEqualTo(expected == 201);
                });
          });
    }
  }

  @Test
  void ofAClosingPutAndACancelOneWins() {
    for (var blob : new TestBlob[] {SMALL, LARGE}) {
      sweep(
          world -> {
            var other = world.other(APP);
            var begun = Upload.of(other.patch(other.post(), blob.slice(0, 500)));
            var upload = Upload.of(other.patch(begun, blob.slice(500, blob.sizeBytes())));
            var put = new Answers();
            var cancel = new Answers();
            return new Race(
                put.of(() -> world.client(APP).putEmpty(upload, blob.digest())),
                cancel.of(() -> other.cancel(upload)),
                () -> {
                  boolean made = put.statuses().contains(201);
                  assertThat(put.statuses()).containsExactly(made ? 201 : 404);
                  assertThat(cancel.statuses()).containsExactly(made ? 404 : 204);
                  assertThat(world.client(APP).has(blob)).isEqualTo(made);
                });
          });
    }
  }

  @Test
  void aChunkIntoACancelledUploadIsRefusedAndItsBytesAreCondemned() {
    for (var blob : new TestBlob[] {SMALL, LARGE}) {
      sweep(
          world -> {
            var other = world.other(APP);
            var upload = Upload.of(other.patch(other.post(), blob.slice(0, 500)));
            var patch = new Answers();
            return new Race(
                patch.of(() -> world.client(APP).patch(upload, blob.slice(500, blob.sizeBytes()))),
                () -> other.cancel(upload),
                () -> {
                  assertThat(patch.statuses()).isSubsetOf(202, 404);
                  assertThat(world.process().uploads().status(APP, upload.session())).isEmpty();
                });
          });
    }
  }

  @Test
  void aChunkThatIsAcceptedKeepsTheUploadFromExpiring() {
    sweep(
        world -> {
          var upload = world.other(APP).post();
          world.passes(Duration.ofHours(24));
          var patch = new Answers();
          var expired = new ArrayList<Boolean>();
          return new Race(
              () -> expired.add(world.process().uploads().expire(APP, upload.session())),
              patch.of(() -> world.other(APP).patch(upload, SMALL.bytes())),
              () -> {
                assertThat(expired).containsExactly(false);
                assertThat(patch.statuses()).containsExactly(202);
                Client.created(world.client(APP).putEmpty(upload, SMALL.digest()));
              });
        });
  }

  @Test
  void twoUploadsOfOneBlobMakeOneBlob() {
    sweep(
        world ->
            new Race(
                () -> world.client(APP).push(SMALL),
                () -> world.other(APP).push(SMALL),
                () -> {
                  world.client(APP).pulls(SMALL);
                  assertThat(world.objects().keys()).hasSize(2); // one of them in the trash
                }));
  }

  @Test
  void twoRepositoriesShareTheBlobThatBothUpload() {
    sweep(
        world ->
            new Race(
                () -> world.client(APP).push(SMALL),
                () -> world.other(OTHER).push(SMALL),
                () -> {
                  world.client(APP).pulls(SMALL);
                  world.client(OTHER).pulls(SMALL);
                }));
  }

  @Test
  void aBlobThatDiesAndIsBornAgainDuringAnUploadIsLinkedAsItIs() {
    sweep(
        world -> {
          world.other(OTHER).push(SMALL);
          return new Race(
              () -> world.client(APP).push(SMALL),
              () -> {
                world.other(OTHER).delete(SMALL);
                world.other(OTHER).push(SMALL);
              },
              () -> {
                world.client(APP).pulls(SMALL);
                world.client(OTHER).pulls(SMALL);
              });
        });
  }
}
