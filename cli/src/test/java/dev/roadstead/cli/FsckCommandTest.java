package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckCommandTest {
  @TempDir private Path folder;

  private String registry() {
    DataFolder.open(folder.resolve("data"), new SecureRandom()).close();
    return folder.resolve("data").toString();
  }

  /** A repository that the catalog does not list. */
  private String damaged() {
    var data = registry();
    try (var open = DataFolder.open(Path.of(data), new SecureRandom());
        var store = SqliteMetadataStore.open(open)) {
      var item = Item.at(new Key("R#team/app", "A")).with("createdAt", 1).build();
      store.write(new Write.Put(item, Condition.NONE));
    }
    return data;
  }

  @Test
  void saysThatAllIsWell() {
    var run = Run.of("fsck", "--data", registry());

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("manifests", "clean");
    assertThat(run.status()).isZero();
  }

  @Test
  void namesDamageAndLeavesItAlone() {
    var data = damaged();
    for (int i = 0; i < 2; i++) {
      var run = Run.of("fsck", "--data", data);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("damage: 1", "catalog entry team/app: is missing");
    }
  }

  @Test
  void repairsWhatItIsToldTo() {
    var data = damaged();

    var repair = Run.of("fsck", "--repair", "--data", data);
    assertThat(repair.output()).contains("mended: 1", "clean");
    assertThat(repair.status()).isZero();
    assertThat(Run.of("fsck", "--bytes", "all", "--data", data).status()).isZero();
    assertThat(Run.of("fsck", "--rebuild", "--data", data).status()).isZero();
  }

  @Test
  void printsTheReportItself() {
    var run = Run.of("fsck", "--output", "json", "--data", registry());

    assertThat(run.output()).contains("\"clean\" : true", "\"objects\" : 0");
  }

  @Test
  void tellsThatItCouldNotLookFromDamage() {
    var run = Run.of("fsck", "--data", folder.resolve("nothing").toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("could not look").doesNotContain("Exception");
    assertThat(Run.of("fsck", "--repair", "--rebuild", "--data", registry()).status()).isEqualTo(2);
  }

  @Test
  void tellsARegistryThatCannotBeReadFromDamage() throws IOException {
    var data = Path.of(registry());
    try (var open = DataFolder.open(data, new SecureRandom());
        var store = SqliteMetadataStore.open(open)) {
      for (int i = 0; i < 1000; i++) {
        var item = Item.at(new Key("R#team/app" + i, "A")).with("createdAt", 1).build();
        store.write(new Write.Put(item, Condition.NONE));
      }
    }
    try (var file = new RandomAccessFile(data.resolve("metadata.db").toFile(), "rw")) {
      int page = 4096;
      for (long at = 4L * page; at + page <= file.length(); at += page) {
        file.seek(at);
        file.write(new byte[page]);
      }
    }

    for (var mode : List.of("--repair", "--rebuild", "--bytes=all")) {
      var run = Run.of("fsck", mode, "--data", data.toString());

      assertThat(run.errors()).contains("could not look").doesNotContain("Exception");
      assertThat(run.output()).isEmpty();
      assertThat(run.status()).isEqualTo(2);
    }
  }

  @Test
  void saysHowMuchOfTheDamageNobodyCanMend() {
    var data = registry();
    try (var open = DataFolder.open(Path.of(data), new SecureRandom());
        var store = SqliteMetadataStore.open(open)) {
      var account = Item.at(new Key("P", "alice")).with("kind", "USER").build();
      store.write(new Write.Put(account, Condition.NONE));
    }
    for (var mode : List.of("--bytes=none", "--repair", "--rebuild")) {
      var run = Run.of("fsck", mode, "--data", data);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.output()).contains("damage: 1", "account alice: ", "from a backup");
    }
  }

  @Test
  void showsHowFarItIsInOneLine() {
    assertThat(ProgressBar.line("records", 1234, 0)).isEqualTo("records  1,234");
    assertThat(ProgressBar.line("bytes", 50, 100)).contains("#####", ".....", " 50 %", "50 of 100");
  }
}
