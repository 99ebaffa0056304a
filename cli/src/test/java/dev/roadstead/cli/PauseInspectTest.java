package dev.roadstead.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.Credentials;
import dev.roadstead.client.RegistryClient;
import dev.roadstead.client.SmallRegistry;
import dev.roadstead.client.SmallRegistry.Access;
import dev.roadstead.client.SmallRegistry.Answer;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PauseInspectTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("k8s/pause");

  @AutoClose private final SmallRegistry registry;
  private final String name;

  PauseInspectTest() throws IOException {
    registry = SmallRegistry.start(Access.OPEN);
    name = registry.host() + "/k8s/pause:3.10.2";
  }

  @Test
  void showsThePlatformsOfAPushedImage() {
    var built = Run.of("pause", "build", "--push", name);

    var shown = Run.of("pause", "inspect", name);

    assertThat(shown.status()).isZero();
    assertThat(shown.output().lines())
        .startsWith(name, "version 3.10.2", "")
        .anyMatch(line -> line.matches("linux/arm/v7 +[\\d,]+  sha256:.*"))
        .anyMatch(line -> line.matches("linux/loong64 +[\\d,]+  sha256:.*"));
    assertThat(shown.output()).contains(digests(built.output()));
  }

  @Test
  void showsWhatEachKubernetesExpects() {
    Run.of("pause", "build", "--push", name);

    assertThat(Run.of("pause", "inspect", name).output().lines())
        .contains(
            "3.10.2   1.36            Windows: Server 2025 added",
            "3.1      up to 1.17      reaps orphans; -v prints the version");
  }

  @Test
  void showsTheSettingsForThisImage() {
    Run.of("pause", "build", "--push", name);

    assertThat(Run.of("pause", "inspect", name).output().lines().map(String::strip))
        .contains(
            "sandbox_image = \"" + name + "\"",
            "sandbox = \"" + name + "\"",
            "pause_image = \"" + name + "\"");
  }

  @Test
  void showsAnImageOfOnePlatformWithoutAnIndex() throws IOException {
    try (var client = new RegistryClient(registry.host(), _ -> new Credentials.Anonymous())) {
      var config = "{\"architecture\":\"amd64\",\"os\":\"windows\",\"os.version\":\"10.0\"}";
      var bytes = config.getBytes(UTF_8);
      client.pushBlob(REPOSITORY, Digest.sha256(bytes), bytes);
      var manifest =
          """
          {"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json",\
          "digest":"%s","size":%d},"layers":[]}"""
              .formatted(Digest.sha256(bytes), bytes.length)
              .getBytes(UTF_8);
      client.pushManifest(REPOSITORY, new Tag("3.10.2"), MediaType.OCI_MANIFEST, manifest);

      assertThat(Run.of("pause", "inspect", name).output().lines())
          .contains(
              "windows/amd64 10.0          %,10d  %s"
                  .formatted(manifest.length + bytes.length, Digest.sha256(manifest)));
    }
  }

  @Test
  void answersAnImageThatIsNotThereWithOneLine() {
    var run = Run.of("pause", "inspect", name);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors().lines())
        .containsExactly(
            "roadstead: "
                + registry.host()
                + " refused to give the manifest 3.10.2 in k8s/pause: status 404,"
                + " MANIFEST_UNKNOWN nothing here");
  }

  @Test
  void answersSomethingThatIsNoManifestWithOneLine() {
    registry.answer(
        "GET", new Answer(200, Map.of("Content-Type", MediaType.OCI_INDEX.text()), "hello"));
    var run = Run.of("pause", "inspect", name);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors().lines()).singleElement().asString().startsWith("roadstead: ");
  }

  @Test
  void answersAMissingNameWithOneLine() {
    var run = Run.of("pause", "inspect");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors().lines())
        .containsExactly(
            "roadstead: Missing required parameter: 'IMAGE' (see roadstead pause inspect --help)");
  }

  /** Every digest that the build printed. */
  private static String[] digests(String output) {
    return output
        .lines()
        .filter(line -> line.contains("sha256:"))
        .map(line -> line.substring(line.indexOf("sha256:")))
        .toArray(String[]::new);
  }
}
