package dev.roadstead.pause.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.model.Digest;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ImageLayoutTest {
  private static final PauseImage IMAGE = PauseImage.of(Recipe.of(PauseVersion.NEWEST));
  private static final Tag TAG = new Tag("3.10.2");

  @TempDir Path folder;

  @Test
  void namesEachBlobByItsDigest() throws IOException {
    var layout = write("image");

    for (var file : files(layout.resolve("blobs/sha256")).entrySet()) {
      assertThat(Digest.sha256(Files.readAllBytes(file.getValue())).hex()).isEqualTo(file.getKey());
    }
    assertThat(files(layout.resolve("blobs/sha256"))).hasSize(3 * Platform.values().length + 1);
  }

  @Test
  void entersAtTheIndexUnderItsTag() throws IOException {
    var entry = new JsonMapper().readTree(Files.readAllBytes(write("image").resolve("index.json")));

    assertThat(entry.path("manifests")).hasSize(1);
    var descriptor = entry.path("manifests").path(0);
    assertThat(descriptor.path("digest").asString()).isEqualTo(IMAGE.index().digest().toString());
    assertThat(descriptor.at("/annotations/org.opencontainers.image.ref.name").asString())
        .isEqualTo("3.10.2");
  }

  @Test
  void writesTheSameFilesIntoDifferentFolders() throws IOException {
    var one = files(write("one"));
    var other = files(write("some/where/else"));

    assertThat(one.keySet()).isEqualTo(other.keySet());
    for (var name : one.keySet()) {
      assertThat(one.get(name)).hasSameBinaryContentAs(other.get(name));
    }
  }

  @Test
  void fillsAnEmptyFolder() throws IOException {
    Files.createDirectory(folder.resolve("image"));

    assertThat(write("image").resolve("oci-layout")).exists();
  }

  @Test
  void touchesNoFolderThatHoldsSomething() throws IOException {
    Files.writeString(Files.createDirectory(folder.resolve("image")).resolve("mine"), "mine");

    assertThatThrownBy(() -> write("image"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is not empty; name a folder that is, or a new one");
    assertThat(files(folder)).containsOnlyKeys("image/mine");
  }

  private Path write(String name) throws IOException {
    var target = folder.resolve(name);
    ImageLayout.write(IMAGE, TAG, target);
    return target;
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    var files = new TreeMap<String, Path>();
    try (var entries = Files.walk(folder)) {
      entries
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), file));
    }
    return files;
  }
}
