package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.embedded.DataFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UndeleteCommandTest {
  private static final String DIGEST = "sha256:" + "0".repeat(64);

  @TempDir private Path folder;

  private String registry() {
    DataFolder.open(folder.resolve("data"), new SecureRandom()).close();
    return folder.resolve("data").toString();
  }

  @Test
  void saysThatNothingOfThatKindIsInTheTrash() {
    var data = registry();
    for (var name : new String[] {"team/app@" + DIGEST, "team/app:latest", "team/app"}) {
      var run = Run.of("undelete", name, "--data", data);

      assertThat(run.status()).as(name).isEqualTo(1);
      assertThat(run.errors()).contains("no such").doesNotContain("Exception");
    }
  }

  @Test
  void refusesWhatIsNoName() {
    for (var name : new String[] {"Team", "team/app@sha256:x", "team/app:-"}) {
      assertThat(Run.of("undelete", name, "--data", registry()).status()).as(name).isEqualTo(2);
    }
  }

  @Test
  void listsAnEmptyTrash() {
    var run = Run.of("trash", "list", "team/app", "--data", registry());

    assertThat(run.status()).isZero();
    assertThat(run.output()).startsWith("deleted").doesNotContain("sha256");
  }

  @Test
  void deletesNoRepositoryThatIsNotThere() {
    var run = Run.of("repository", "delete", "team/app", "--data", registry());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("no such repository");
  }

  @Test
  void renamesNothingAndSaysHowToCopy() {
    var run = Run.of("repository", "rename", "team/app", "team/web");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .contains("crane copy", "team/web", "roadstead repository delete team/app");
  }
}
