package dev.roadstead.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.model.Digest;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files; the rest is in the contract. */
class FileBlobStoreTest {
  private static final ObjectKey KEY = new ObjectKey("data/ab/u");
  private static final byte[] OLD = "old".getBytes(UTF_8);
  private static final byte[] NEW = "new".getBytes(UTF_8);

  @TempDir Path temp;
  private DataFolder folder;
  private FileBlobStore store;

  @BeforeEach
  void open() {
    folder = TestFolder.open(temp);
    store = TestFolder.blobStore(folder);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private Path object(String suffix) {
    return temp.resolve("objects/data/ab/u" + suffix);
  }

  private void storeWithChecksum(byte[] bytes) {
    try (var staging = store.stage()) {
      staging.write(ByteBuffer.wrap(bytes));
      staging.storeAs(KEY, Digest.sha256(bytes));
    }
  }

  /** As a crash leaves it between the two renames of a replacement. */
  private void crashAfterTheOldStoodAside() throws IOException {
    storeWithChecksum(OLD);
    Files.move(object(".object"), object(".replaced"));
  }

  @Test
  void keepsTheOldObjectWhenACrashCameBeforeTheNewOne() throws Exception {
    crashAfterTheOldStoodAside();
    assertThat(store.read(KEY, 10)).contains(OLD);
    assertThat(store.head(KEY).orElseThrow().sha256()).contains(Digest.sha256(OLD));
    assertThat(store.list(new ObjectKey("data/ab"), 10)).containsExactly(KEY);

    storeWithChecksum(NEW);
    assertThat(store.read(KEY, 10)).contains(NEW);
    assertThat(object(".replaced")).doesNotExist();
  }

  @Test
  void deletesWhatACrashLeftAside() throws Exception {
    crashAfterTheOldStoodAside();
    store.delete(KEY);
    assertThat(store.head(KEY)).isEmpty();
    assertThat(temp.resolve("objects")).isEmptyDirectory();
  }

  @Test
  void prefersTheNewObjectWhenACrashCameBeforeTheOldWasRemoved() throws Exception {
    crashAfterTheOldStoodAside();
    Files.write(object(".object"), NEW);
    assertThat(store.read(KEY, 10)).contains(NEW);
    assertThat(store.list(new ObjectKey("data/ab"), 10)).containsExactly(KEY);
    storeWithChecksum(OLD);
    assertThat(store.read(KEY, 10)).contains(OLD);
    assertThat(object(".replaced")).doesNotExist();
    store.delete(KEY);
    assertThat(store.head(KEY)).isEmpty();
  }

  @Test
  void removesFoldersThatADeletionLeavesEmpty() {
    store.put(KEY, OLD);
    store.put(KEY.child("t1"), OLD);
    store.delete(KEY);
    assertThat(temp.resolve("objects/data/ab/u")).isNotEmptyDirectory();
    store.delete(KEY.child("t1"));
    assertThat(temp.resolve("objects")).isEmptyDirectory();
    store.put(KEY.child("t1"), NEW);
    assertThat(store.read(KEY.child("t1"), 10)).contains(NEW);
  }

  @Test
  void movesNoByteToCompleteAnUpload() throws Exception {
    store.put(KEY.child("t1"), NEW);
    var source = temp.resolve("objects/data/ab/u/t1.object");
    var before = Files.readAttributes(source, "unix:ino");
    var upload = store.createMultipart(KEY);
    store.putPart(upload, 7, KEY.child("t1"));
    store.completeMultipart(upload, List.of(7));
    assertThat(Files.readAttributes(object(".object").resolve("part-00007"), "unix:ino"))
        .isEqualTo(before);
  }

  @Test
  void forgetsWhatWasStagedWhenTheProcessDied() {
    var staging = store.stage();
    staging.write(ByteBuffer.wrap(OLD));
    assertThat(folder.tmp()).isNotEmptyDirectory();
    folder.close();
    open();
    assertThat(folder.tmp()).isEmptyDirectory();
    staging.close();
  }

  @Test
  void keepsUploadsUnderWayAcrossARestart() {
    var upload = store.createMultipart(KEY);
    try (var staging = store.stage()) {
      staging.write(ByteBuffer.wrap(NEW));
      staging.storeAsPart(upload, 1);
    }
    folder.close();
    open();
    assertThat(store.completeMultipart(upload, List.of(1))).isTrue();
    assertThat(store.read(KEY, 10)).contains(NEW);
    assertThat(folder.multipart()).isEmptyDirectory();
  }

  @Test
  void tellsClientsNothingOfItsPathsWhenTheDiskFails() throws Exception {
    Files.delete(folder.tmp());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put(KEY, NEW))
        .withMessage("cannot write bytes: a file or folder is missing")
        .withCauseInstanceOf(IOException.class);
    Files.createFile(temp.resolve("objects/data"));
    Files.createDirectory(folder.tmp());
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put(KEY, NEW))
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(temp.toString()));
    assertThat(folder.tmp()).isEmptyDirectory();
  }

  @Test
  void givesClientsASignedAddress() {
    assertThat(store.readAddress(KEY, Duration.ofMinutes(1)).toString())
        .startsWith("/_objects/data/ab/u?expires=");
  }
}
