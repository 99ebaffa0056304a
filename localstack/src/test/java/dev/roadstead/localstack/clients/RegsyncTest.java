package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** regsync: copies repositories, tag by tag, mounting what the target can be given so. */
@Listed(value = "regsync", version = "regsync", sends = "one `PUT`: past everything")
@Tag("long")
@RealClient(programs = "regsync")
class RegsyncTest extends ClientTest {
  private static Command regsync;

  @BeforeAll
  static void keepRegsyncInOneFolder(@TempDir Path home) {
    regsync = Tools.command("regsync", home);
  }

  @Test
  void copiesARepositoryToAnotherOne() {
    var source = repository("source");
    var images = push(source);
    var target = repository("target");

    sync(source, target);

    assertThat(OwnClient.pull(target + ":small")).containsAll(images.getFirst().blobs());
    assertThat(OwnClient.pull(target + ":large")).containsAll(images.getLast().blobs());
  }

  @Test
  void copiesARepositoryToAnotherRegistry(@TempDir Path elsewhere) {
    var source = repository("here");
    var images = push(source);
    try (var other = RegistryUnderTest.startOne(elsewhere)) {
      var target = other.authority() + "/" + seed("there");

      sync(source, target);

      assertThat(OwnClient.pull(target + ":small")).containsAll(images.getFirst().blobs());
      assertThat(OwnClient.pull(target + ":large")).containsAll(images.getLast().blobs());
    }
  }

  @Test
  void copiesWhatHasChangedAndNothingElse() {
    var source = repository("changing");
    push(source);
    var target = repository("following");
    sync(source, target);
    var newer = ImageTar.write(folder, seed("newer"), 3_000);
    OwnClient.push(newer, source + ":small");

    var printed = sync(source, target);

    assertThat(OwnClient.pull(target + ":small")).containsAll(newer.blobs());
    assertThat(printed.lines().filter(line -> line.contains("Image sync needed")))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(":small"));
  }

  /** Two images, under the tags small and large. */
  private List<ImageTar> push(String repository) {
    var seed = repository.substring(repository.indexOf('/') + 1);
    var small = ImageTar.write(folder.resolve("small"), seed, 1_000);
    var large = ImageTar.write(folder.resolve("large"), seed, 1_000, 5_000_000);
    OwnClient.push(small, repository + ":small");
    OwnClient.push(large, repository + ":large");
    return List.of(small, large);
  }

  private String sync(String source, String target) {
    return regsync.run("once", "--config", configuration(source, target));
  }

  private Path configuration(String source, String target) {
    try {
      return Files.writeString(
          folder.resolve("regsync.yaml"),
          """
          version: 1
          creds:
            - registry: %s
              tls: disabled
            - registry: %s
              tls: disabled
          sync:
            - source: %s
              target: %s
              type: repository
          """
              .formatted(authority(source), authority(target), source, target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String authority(String repository) {
    return repository.substring(0, repository.indexOf('/'));
  }
}
