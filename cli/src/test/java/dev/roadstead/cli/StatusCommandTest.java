package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCommandTest {
  @TempDir private Path folder;

  private Path registry() {
    DataFolder.open(folder.resolve("data"), new SecureRandom()).close();
    return folder.resolve("data");
  }

  @Test
  void opensTheFolderWhenNoRegistryRunsOnIt() {
    var run = Run.of("status", "--data", registry().toString());

    assertThat(run.status()).isZero();
    assertThat(run.output()).contains("version", "repositories  0");
  }

  @Test
  void printsTheAnswerItself() {
    var run = Run.of("status", "--output", "json", "--data", registry().toString());

    assertThat(run.output()).contains("\"repositories\" : 0");
  }

  @Test
  void makesNoRegistryWhereThereIsNone() {
    var run = Run.of("status", "--data", folder.resolve("nothing").toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("no registry").doesNotContain("Exception");
    assertThat(folder.resolve("nothing")).doesNotExist();
  }

  @Test
  void saysThatAFolderIsJustBeingOpened() {
    var data = registry();
    try (var holder = DataFolder.open(data, new SecureRandom())) {
      var run = Run.of("status", "--data", holder.root().toString());

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors()).contains("just starting");
    }
  }

  @Test
  void sendsNoPasswordInTheClear() {
    var environment =
        java.util.Map.of("ROADSTEAD_USER", "alice", "ROADSTEAD_PASSWORD", "wonderland");
    var run =
        Run.of(
            new dev.roadstead.client.Credentials.Anonymous(),
            environment,
            "status",
            "--url",
            "http://registry.example");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("https").doesNotContain("wonderland");
  }

  @Test
  void wantsAnAccountForAnotherRegistry() {
    var run = Run.of("status", "--url", "https://registry.example");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("ROADSTEAD_USER");
  }
}
