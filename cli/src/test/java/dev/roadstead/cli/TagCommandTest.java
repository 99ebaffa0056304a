package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagCommandTest {
  @TempDir private Path folder;

  private String registry() {
    DataFolder.open(folder.resolve("data"), new SecureRandom()).close();
    return folder.resolve("data").toString();
  }

  @Test
  void showsThatATagHasNoHistory() {
    var run = Run.of("tag", "history", "team/app:latest", "--data", registry());

    assertThat(run.status()).isZero();
    assertThat(run.output()).startsWith("version").doesNotContain("sha256");
  }

  @Test
  void cannotPutBackWhatWasNeverThere() {
    var run = Run.of("tag", "restore", "team/app:latest", "--data", registry());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("no such move").doesNotContain("Exception");
  }

  @Test
  void wantsARepositoryAndATag() {
    var run = Run.of("tag", "history", "team/app", "--data", registry());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("repository:tag");
  }
}
