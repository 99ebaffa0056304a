package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import dev.roadstead.embedded.SqliteMetadataStore;
import dev.roadstead.store.Condition;
import dev.roadstead.store.Item;
import dev.roadstead.store.Key;
import dev.roadstead.store.Write;
import java.nio.file.Path;
import java.security.SecureRandom;
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
  void showsHowFarItIsInOneLine() {
    assertThat(ProgressBar.line("records", 1234, 0)).isEqualTo("records  1,234");
    assertThat(ProgressBar.line("bytes", 50, 100)).contains("#####", ".....", " 50 %", "50 of 100");
  }
}
