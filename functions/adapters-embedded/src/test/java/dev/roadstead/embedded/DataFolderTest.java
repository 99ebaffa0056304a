package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.embedded.DataFolder.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temp;

  private static void assertRefused(Path path, String... words) {
    assertThatExceptionOfType(DataFolderException.class)
        .isThrownBy(() -> TestFolder.open(path).close())
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .contains(path.getFileName().toString())
                    .contains(words)
                    .doesNotContain("\n", "Exception"));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void isMadeWhereThereIsNoneAndFoundAgain() throws Exception {
    var path = temp.resolve("not/yet/there");
    try (var folder = TestFolder.open(path)) {
      assertThat(folder.root()).isEqualTo(path.toRealPath());
    }
    assertThat(permissions(path)).isEqualTo("rwx------");
    assertThat(Files.readString(path.resolve("version"))).isEqualTo("1\n");
    TestFolder.open(path).close();
  }

  @Test
  void keepsASecretForEachPurposeFromTheOwnersEyesOnly() throws Exception {
    byte[] locations;
    byte[] addresses;
    try (var folder = TestFolder.open(temp)) {
      locations = folder.secret(Secret.UPLOAD_LOCATIONS);
      addresses = folder.secret(Secret.OBJECT_ADDRESSES);
    }
    assertThat(locations).hasSize(32).isNotEqualTo(addresses).isNotEqualTo(new byte[32]);
    assertThat(permissions(temp.resolve("keys"))).isEqualTo("rwx------");
    assertThat(permissions(temp.resolve("keys/upload-locations"))).isEqualTo("rw-------");
    try (var folder = TestFolder.open(temp)) {
      assertThat(folder.secret(Secret.UPLOAD_LOCATIONS)).isEqualTo(locations);
      assertThat(folder.secret(Secret.OBJECT_ADDRESSES)).isEqualTo(addresses);
    }
  }

  @Test
  void makesASecretAgainThatACrashLeftUnfinished() throws Exception {
    try (var folder = TestFolder.open(temp)) {
      Files.write(temp.resolve("keys/upload-locations.new"), new byte[5]);
      assertThat(folder.secret(Secret.UPLOAD_LOCATIONS)).hasSize(32);
      assertThat(temp.resolve("keys/upload-locations.new")).doesNotExist();
    }
  }

  @Test
  void refusesADamagedSecret() throws Exception {
    try (var folder = TestFolder.open(temp)) {
      Files.write(temp.resolve("keys/upload-locations"), new byte[31]);
      assertThatExceptionOfType(DataFolderException.class)
          .isThrownBy(() -> folder.secret(Secret.UPLOAD_LOCATIONS))
          .withMessageContaining("damaged");
    }
  }

  @Test
  void refusesAFile() throws Exception {
    assertRefused(Files.createFile(temp.resolve("file")), "is a file");
  }

  @Test
  @EnabledOnOs(OS.LINUX) // has a folder in which not even root can write
  void refusesAFolderThatCannotBeWritten() {
    assertRefused(Path.of("/proc/roadstead"), "cannot keep data in", "make the folder writable");
  }

  @Test
  void refusesAFolderWithOtherFilesAndTouchesNone() throws Exception {
    var theirs = Files.createDirectories(temp.resolve("project/tmp")).resolve("draft");
    Files.writeString(theirs, "theirs");
    assertRefused(temp.resolve("project"), "holds other files");
    assertThat(theirs).hasContent("theirs");
    assertThat(temp.resolve("project")).isDirectoryNotContaining("glob:**lock");
  }

  @Test
  void takesANewDiskAndWhatAnEarlierAttemptLeft() throws Exception {
    Files.createDirectory(temp.resolve("lost+found"));
    Files.createFile(temp.resolve("lock"));
    Files.createFile(temp.resolve("version.new"));
    TestFolder.open(temp).close();
    assertThat(temp.resolve("version")).hasContent("1");
  }

  @Test
  void refusesWhatANewerVersionWroteAndChangesNothing() throws Exception {
    TestFolder.open(temp).close();
    Files.writeString(temp.resolve("version"), "2\n");
    Files.createFile(temp.resolve("tmp/kept"));
    assertRefused(temp, "newer version", "layout 2");
    assertThat(temp.resolve("version")).hasContent("2");
    assertThat(temp.resolve("tmp/kept")).exists();
  }

  @Test
  void refusesADamagedVersion() throws Exception {
    TestFolder.open(temp).close();
    for (var damaged : List.of("", "one", "-1", "99999999999")) {
      Files.writeString(temp.resolve("version"), damaged);
      assertRefused(temp, "version is damaged");
    }
  }

  @Test
  void emptiesTmpWhenOpened() throws Exception {
    TestFolder.open(temp).close();
    Files.createDirectories(temp.resolve("tmp/a/b"));
    Files.createFile(temp.resolve("tmp/a/b/c"));
    Files.createFile(temp.resolve("tmp/d"));
    TestFolder.open(temp).close();
    assertThat(temp.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void isHeldByOneUserInThisProcess() {
    try (var folder = TestFolder.open(temp)) {
      assertThat(folder.root()).exists();
      assertRefused(temp, "in use by this process");
      assertRefused(temp, "in use by this process");
    }
    TestFolder.open(temp).close();
  }

  @Test
  void isHeldAgainstOtherProcessesUntilTheyAreKilled() throws Exception {
    try (var holder = ChildProcess.start(Holder.class, temp.toString())) {
      assertThat(holder.nextLine().orElseThrow()).startsWith("held");
      assertRefused(temp, "in use by another process, pid " + holder.pid());
      holder.kill();
    }
    TestFolder.open(temp).close();
  }

  @Test
  void staysHeldAfterARefusalInItsOwnProcess() throws Exception {
    try (var folder = TestFolder.open(temp)) {
      assertThat(folder.root()).exists();
      assertRefused(temp, "in use by this process");
      try (var other = ChildProcess.start(Holder.class, temp.toString())) {
        var pid = ProcessHandle.current().pid();
        assertThat(other.nextLine().orElseThrow()).contains("another process, pid " + pid);
      }
    }
  }

  /** A process that holds a folder until it is killed. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      try (var folder = TestFolder.open(Path.of(args[0]))) {
        System.out.println("held " + folder.root());
        System.in.read();
      } catch (DataFolderException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
