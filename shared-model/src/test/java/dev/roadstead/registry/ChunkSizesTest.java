package dev.roadstead.registry;

import static dev.roadstead.registry.TestBlob.PART_BYTES;
import static dev.roadstead.registry.World.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.error.RegistryException;
import dev.roadstead.registry.Client.Upload;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Chunks of every size that is special make the blob that was cut into them. */
class ChunkSizesTest {
  private static final int PIECE_BYTES = (int) ChunkIntake.PIECE_BYTES;

  /** Says that this way of pushing makes the blob, in a world where nobody else has it. */
  private static void makes(TestBlob blob, BiConsumer<Client, TestBlob> push) {
    var world = new World();
    push.accept(world.client(APP), blob);
    world.client(APP).pulls(blob);
    world.isSafe();
  }

  /** Pushes a blob in chunks that end at these places, and the rest with the PUT. */
  private static void makesOfChunks(TestBlob blob, int... ends) {
    makes(
        blob,
        (client, whole) -> {
          var upload = client.post();
          int from = 0;
          for (int end : ends) {
            upload = Upload.of(client.patch(upload, whole.slice(from, end)));
            from = end;
          }
          var rest = whole.slice(from, whole.sizeBytes());
          Client.created(client.put(upload, whole.digest(), rest));
        });
  }

  @Test
  void chunksOfOneByte() {
    makes(TestBlob.random(1, 100), (client, blob) -> client.pushChunks(blob, 1));
  }

  @Test
  void moreTinyChunksThanMayWait() {
    var blob = TestBlob.random(2, PieceStore.MAX_TAILS * PieceStore.MAX_TAILS + 1);
    makes(blob, (client, whole) -> client.pushChunksLastInPut(whole, 1));
  }

  @Test
  void aSmallRecordHoweverManyTinyChunks() {
    var world = new World();
    var upload = world.client(APP).post();
    for (int chunk = 0; chunk < 1000; chunk++) {
      upload = Upload.of(world.client(APP).patch(upload, new byte[] {(byte) chunk}));
    }
    var session = Contents.of(world.all()).sessions().values().iterator().next();
    assertThat(session.sizeBytes()).isLessThan(1500);
    world.isSafe();
  }

  @Test
  void oneChunkAboutAsLongAsTheSmallestPart() {
    for (int size : List.of(PART_BYTES - 1, PART_BYTES, PART_BYTES + 1)) {
      makes(TestBlob.random(size, size), Client::pushInOnePatch);
      makes(TestBlob.random(size, size), Client::pushStream);
    }
  }

  @Test
  void chunksAboutAsLongAsTheSmallestPart() {
    var blob = TestBlob.random(3, 2 * PART_BYTES + 10);
    makesOfChunks(blob, PART_BYTES);
    makesOfChunks(blob, PART_BYTES - 1);
    makesOfChunks(blob, PART_BYTES + 1);
    makesOfChunks(blob, PART_BYTES, 2 * PART_BYTES);
    makesOfChunks(blob, PART_BYTES - 1, 2 * PART_BYTES - 1);
    makesOfChunks(blob, 1, PART_BYTES, PART_BYTES + 1);
    makesOfChunks(blob, PART_BYTES, PART_BYTES + 1, PART_BYTES + 2);
  }

  @Test
  void chunksWithoutAByte() {
    makesOfChunks(TestBlob.random(4, 1000), 0, 500, 500, 1000, 1000);
    makesOfChunks(TestBlob.of(""), 0, 0);
  }

  @Test
  void streamsAboutAsLongAsAPiece() {
    for (int size : List.of(PIECE_BYTES, PIECE_BYTES + 1)) {
      var blob = TestBlob.random(size, size);
      makes(blob, Client::pushStream);
      makes(blob, Client::pushInOnePatch);
      makes(blob, Client::push);
    }
  }

  @Test
  void aStreamOfSeveralPiecesAfterASmallChunk() {
    makes(
        TestBlob.random(5, PIECE_BYTES + PART_BYTES),
        (client, blob) -> {
          var upload = Upload.of(client.patch(client.post(), blob.slice(0, 1000)));
          upload = Upload.of(client.patchStream(upload, blob.slice(1000, blob.sizeBytes())));
          Client.created(client.putEmpty(upload, blob.digest()));
        });
  }

  @Test
  void aStreamThatBreaksOffGoesOnBehindItsLastPiece() {
    makes(
        TestBlob.random(8, PIECE_BYTES + 2000),
        (client, blob) -> {
          var upload = client.post();
          var body = new BrokenBody(blob.slice(0, PIECE_BYTES + 1000));
          assertThatThrownBy(() -> client.patchBody(upload, body))
              .isInstanceOf(UncheckedIOException.class);
          assertThat(client.status(upload).headers())
              .containsEntry("Range", "0-" + (PIECE_BYTES - 1));
          var rest = blob.slice(PIECE_BYTES, blob.sizeBytes());
          Client.created(client.put(upload, blob.digest(), rest));
        });
  }

  @Test
  void asManyChunksAsAnUploadTakesAndNotOneMore() {
    makes(
        TestBlob.random(6, ChunkIntake.MAX_ATTEMPTS),
        (client, blob) -> {
          var upload = client.post();
          for (int at = 0; at < blob.sizeBytes(); at++) {
            upload = Upload.of(client.patchAt(upload, at, blob.slice(at, at + 1)));
          }
          var full = upload;
          assertThatThrownBy(() -> client.patch(full, new byte[1]))
              .isInstanceOf(RegistryException.class)
              .hasMessageContaining("takes 9999 chunks; start again with larger ones");
          Client.created(client.putEmpty(full, blob.digest()));
        });
  }

  @Test
  void anUploadOfPartsThatUsedUpItsChunksCanStillBeFinished() {
    makes(
        TestBlob.random(7, PART_BYTES + 1000),
        (client, blob) -> {
          var upload = Upload.of(client.patch(client.post(), blob.slice(0, PART_BYTES)));
          var full = Upload.of(client.patch(upload, blob.slice(PART_BYTES, blob.sizeBytes())));
          for (int attempt = 0; attempt < ChunkIntake.MAX_ATTEMPTS; attempt++) {
            assertThatThrownBy(() -> client.patchAt(full, 0, new byte[1]))
                .isInstanceOf(RegistryException.class);
          }
          Client.created(client.putEmpty(full, blob.digest()));
        });
  }
}
