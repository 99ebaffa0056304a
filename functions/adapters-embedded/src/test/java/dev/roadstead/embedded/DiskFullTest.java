package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roadstead.store.Condition;
import dev.roadstead.store.Consistency;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.ObjectKey;
import dev.roadstead.store.StoreException;
import dev.roadstead.store.Value;
import dev.roadstead.store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full fails writes, loses nothing, and works again when there is room. */
class DiskFullTest {
  private static final ObjectKey KEY = new ObjectKey("data/ab/u");
  private static final Key FIRST = new Key("p", "first");

  @TempDir Path temp;
  private Path disk = Path.of("");

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "none", disk.toString()),
        "skipped: only root may mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", disk.toString()); // SQLite's native library may be in use there
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  private static Item item(String sort, int bytes) {
    return Item.at(new Key("p", sort)).with("b", Value.of(new byte[bytes])).build();
  }

  @Test
  void failsObjectsThatDoNotFitAndStoresThoseThatDo() {
    try (var folder = TestFolder.open(disk.resolve("data"))) {
      var store = TestFolder.blobStore(folder);
      store.put(KEY, new byte[1_000_000]);

      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.put(KEY, new byte[5_000_000]))
          .withMessage("cannot write bytes: No space left on device");

      assertThat(folder.tmp()).isEmptyDirectory();
      assertThat(store.read(KEY, 1_000_000)).contains(new byte[1_000_000]);
      store.put(KEY, new byte[2_000_000]);
      assertThat(store.read(KEY, 2_000_000)).contains(new byte[2_000_000]);
    }
  }

  @Test
  void failsTransactionsThatDoNotFitAndGoesOnWhenThereIsRoom() throws Exception {
    var ballast = disk.resolve("ballast");
    try (var folder = TestFolder.open(disk.resolve("data"));
        var store = SqliteMetadataStore.open(folder)) {
      store.write(Write.create(item("first", 10)));
      Files.write(ballast, new byte[1_000_000]);

      var failed = firstFailure(store);

      assertThat(failed).as("the first that did not fit").isPresent();
      assertThat(store.get(FIRST, Consistency.STRONG)).isPresent();
      for (int i = 0; i < failed.getAsInt(); i++) {
        assertThat(store.get(new Key("p", "n" + i), Consistency.STRONG)).isPresent();
      }
      var lost = new Key("p", "n" + failed.getAsInt());
      assertThat(store.get(lost, Consistency.STRONG)).isEmpty();
      Files.delete(ballast);
      store.write(new Write.Put(item("first", 20), Condition.exists()));
    }
    try (var folder = TestFolder.open(disk.resolve("data"));
        var store = SqliteMetadataStore.open(folder)) {
      assertThat(store.get(FIRST, Consistency.STRONG)).contains(item("first", 20));
    }
  }

  private static OptionalInt firstFailure(SqliteMetadataStore store) {
    for (int i = 0; i < 100; i++) {
      try {
        store.write(Write.create(item("n" + i, 100_000)));
      } catch (StoreException full) {
        assertThat(full).hasMessageContaining("full").hasMessageNotContaining("/");
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
