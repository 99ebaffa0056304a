package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.store.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredObjectTest {
  private static final ObjectKey KEY = new ObjectKey("data/ab/u");
  private static final int PART_BYTES = 5 * 1024 * 1024;

  @TempDir Path temp;
  private DataFolder folder;
  private FileBlobStore store;
  private byte[] content = {};

  @BeforeEach
  void storeInThreePartsOneEmpty() {
    folder = TestFolder.open(temp.resolve("data"));
    store = TestFolder.blobStore(folder);
    content = new byte[2 * PART_BYTES + 777];
    new Random(1).nextBytes(content);
    var upload = store.createMultipart(KEY);
    List.of(1, 2, 5)
        .forEach(
            number -> {
              try (var staging = store.stage()) {
                int from = Math.min(2, number - 1) * PART_BYTES;
                int length = number == 5 ? 777 : PART_BYTES;
                staging.write(ByteBuffer.wrap(content, from, length));
                staging.storeAsPart(upload, number);
              }
            });
    assertThat(store.completeMultipart(upload, List.of(1, 2, 5))).isTrue();
  }

  @AfterEach
  void leavesNothingInTmp() {
    assertThat(folder.tmp()).isEmptyDirectory();
    folder.close();
  }

  private static byte[] range(StoredObject object, long offset, long length) throws IOException {
    var out = new ByteArrayOutputStream();
    long handed = object.transferTo(offset, length, Channels.newChannel(out));
    assertThat(handed).isEqualTo(out.size());
    return out.toByteArray();
  }

  @Test
  void handsOnAnyRangeAcrossItsParts() throws Exception {
    var random = new Random(2);
    try (var object = store.open(KEY).orElseThrow()) {
      assertThat(object.sizeBytes()).isEqualTo(content.length);
      for (int i = 0; i < 30; i++) {
        int from = random.nextInt(content.length);
        int length = random.nextInt(content.length);
        int to = Math.min(content.length, from + length);
        assertThat(Arrays.equals(range(object, from, length), 0, to - from, content, from, to))
            .as("%s bytes from %s", length, from)
            .isTrue();
      }
      assertThat(range(object, content.length, 10)).isEmpty();
      assertThat(range(object, 3, 0)).isEmpty();
      assertThat(range(object, PART_BYTES - 1, 2))
          .containsExactly(content[PART_BYTES - 1], content[PART_BYTES]);
    }
  }

  @Test
  void readsIntoABufferFromAnyPosition() throws Exception {
    try (var object = store.open(KEY).orElseThrow()) {
      var whole = ByteBuffer.allocateDirect(content.length);
      while (object.read(whole, whole.position()) > 0) {
        assertThat(whole.position()).isLessThanOrEqualTo(content.length);
      }
      assertThat(whole.flip()).isEqualTo(ByteBuffer.wrap(content));
      assertThat(object.read(ByteBuffer.allocate(1), content.length)).isEqualTo(-1);
      assertThat(object.read(ByteBuffer.allocate(1), Long.MAX_VALUE)).isEqualTo(-1);
    }
  }

  @Test
  void handsOnToAFile() throws Exception {
    var copy = temp.resolve("copy");
    try (var object = store.open(KEY).orElseThrow();
        var target =
            FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      assertThat(object.transferTo(0, Long.MAX_VALUE / 2, target)).isEqualTo(content.length);
    }
    assertThat(Arrays.equals(Files.readAllBytes(copy), content)).isTrue();
  }

  @Test
  void keepsItsBytesWhenItIsDeletedMeanwhile() throws Exception {
    try (var first = store.open(KEY).orElseThrow()) {
      try (var second = store.open(KEY).orElseThrow()) {
        store.delete(KEY);
        assertThat(store.open(KEY)).isEmpty();
        assertThat(range(second, 0, content.length)).isEqualTo(content);
      }
      assertThat(folder.tmp()).isNotEmptyDirectory();
      assertThat(range(first, 0, content.length)).isEqualTo(content);
    }
  }

  @Test
  void keepsItsBytesWhenItIsReplacedMeanwhile() throws Exception {
    try (var before = store.open(KEY).orElseThrow()) {
      store.put(KEY, new byte[] {1});
      try (var between = store.open(KEY).orElseThrow()) {
        store.put(KEY, new byte[] {2, 2});
        assertThat(range(before, 0, content.length)).isEqualTo(content);
        assertThat(range(between, 0, 10)).containsExactly(1);
      }
    }
    assertThat(store.read(KEY, 10)).contains(new byte[] {2, 2});
  }
}
