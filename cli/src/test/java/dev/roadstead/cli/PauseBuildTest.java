package dev.roadstead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.SmallRegistry;
import dev.roadstead.client.SmallRegistry.Access;
import dev.roadstead.client.SmallRegistry.Answer;
import dev.roadstead.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PauseBuildTest {
  private static final String INDEX =
      "sha256:2fa2b6cebaf39671547f05d5c3d53a177b6fce7c73ff1af1481282059d9280a3";

  @TempDir Path folder;

  @Test
  void printsWhatTheImageIsMadeOf() {
    var run = Run.of("pause", "build");

    assertThat(run.status()).isZero();
    assertThat(run.output().lines())
        .hasSize(9)
        .anyMatch(line -> line.startsWith("linux/arm/v7 "))
        .last()
        .asString()
        .endsWith(INDEX);
  }

  @Test
  void buildsForThePlatformsItIsToldTo() {
    var run = Run.of("pause", "build", "--platforms", "linux/s390x,linux/amd64");

    assertThat(run.output().lines().map(line -> line.split(" +", -1)[0]))
        .containsExactly("platform", "linux/amd64", "linux/s390x", "index");
  }

  @Test
  void writesALayout() {
    var target = folder.resolve("image");
    var run = Run.of("pause", "build", "--output", target.toString());

    assertThat(run.output()).endsWith("written  " + target + System.lineSeparator());
    assertThat(target.resolve("blobs").resolve(INDEX.replace(':', '/'))).exists();
  }

  @Test
  void pushesWithCredentials() throws IOException {
    try (var registry = SmallRegistry.start(Access.TOKEN)) {
      var name = registry.host() + "/k8s/pause:3.10.2";
      var run = Run.of(SmallRegistry.ACCOUNT, "pause", "build", "--push", name);

      assertThat(run.errors()).isEmpty();
      assertThat(run.output()).endsWith("pushed   " + name + System.lineSeparator());
      assertThat(registry.contents())
          .contains("k8s/pause/manifests/3.10.2", "k8s/pause/manifests/" + INDEX);
    }
  }

  @Test
  void makesAVariantOfOnesOwn() throws IOException {
    var target = folder.resolve("image");
    Run.of(
        "pause",
        "build",
        "--version",
        "3.10.2-acme.1",
        "--platforms",
        "linux/amd64",
        "--user",
        "1000:1000",
        "--label",
        "team=platform",
        "--label",
        "a=b=c",
        "--annotation",
        "acme.example/cost=0",
        "--output",
        target.toString());

    try (var blobs = Files.list(target.resolve("blobs/sha256"))) {
      var texts = blobs.map(PauseBuildTest::read).toList();
      assertThat(texts)
          .anyMatch(
              text -> text.contains("\"User\":\"1000:1000\"") && text.contains("\"a\":\"b=c\""))
          .anyMatch(text -> text.contains("\"acme.example/cost\":\"0\""))
          .anyMatch(text -> text.contains("pause v3.10.2-acme.1\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "--platforms, linux/mips, no pause for platform 'linux/mips'; there are linux/amd64",
        "--version, newest, 'newest' is no version; write 3.10.2",
        "--user, root, 'root' is no user; write numbers",
        "--label, alone, should be in KEY=VALUE format",
        "--push, pause, 'pause' is no image's name",
        "--colour, red, Unknown options: '--colour'",
      })
  void answersAMistakeWithOneLine(String option, String value, String complaint) {
    var run = Run.of("pause", "build", option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output()).isEmpty();
    assertThat(run.errors().lines())
        .singleElement()
        .asString()
        .startsWith("roadstead: ")
        .contains(complaint)
        .endsWith("(see roadstead pause build --help)");
  }

  @Test
  void pushesToNoDigest() {
    var digest = Digest.sha256(new byte[0]);
    var run = Run.of("pause", "build", "--push", "127.0.0.1:1/pause@" + digest);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("pushed to a tag, not to a digest");
  }

  @Test
  void answersARegistryThatRefusesWithOneLine() throws IOException {
    try (var registry = SmallRegistry.start(Access.OPEN)) {
      registry.answer(
          "POST",
          new Answer(403, Map.of(), "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}"));
      var run = Run.of("pause", "build", "--push", registry.host() + "/k8s/pause:3.10.2");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors().lines())
          .singleElement()
          .asString()
          .startsWith("roadstead: " + registry.host() + " refused to store the blob sha256:")
          .endsWith("in k8s/pause: status 403, DENIED no");
    }
  }

  @Test
  void asksForALoginInOneLine() throws IOException {
    try (var registry = SmallRegistry.start(Access.BASIC)) {
      var run = Run.of("pause", "build", "--push", registry.host() + "/k8s/pause:3.10.2");

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errors().lines())
          .singleElement()
          .asString()
          .contains("run docker login " + registry.host());
    }
  }

  @Test
  void answersAFolderInUseWithOneLine() throws IOException {
    Files.createFile(folder.resolve("mine"));
    var run = Run.of("pause", "build", "--output", folder.toString());

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors().lines())
        .containsExactly(
            "roadstead: " + folder + " is not empty; name a folder that is, or a new one");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
