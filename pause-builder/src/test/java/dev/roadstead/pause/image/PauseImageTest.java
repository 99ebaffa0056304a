package dev.roadstead.pause.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.roadstead.document.ManifestReader;
import dev.roadstead.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PauseImageTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final PauseImage IMAGE = PauseImage.of(Recipe.of(PauseVersion.NEWEST));

  /**
   * Whoever builds 3.10.2 gets these bytes, whatever the machine, the JDK and the folder. A change
   * here is a new image for everybody: only on purpose.
   */
  @Test
  void hasTheSameDigestEverywhere() {
    assertThat(IMAGE.index().digest())
        .hasToString("sha256:2fa2b6cebaf39671547f05d5c3d53a177b6fce7c73ff1af1481282059d9280a3");
  }

  @ParameterizedTest
  @EnumSource
  void takesAtMostThreeKilobytesOnAPlatform(Platform platform) {
    assertThat(of(platform).sizeBytes()).isLessThanOrEqualTo(3 * 1024);
  }

  @Test
  void listsEveryPlatformWithItsVariant() {
    assertThat(json(IMAGE.index()).path("manifests").valueStream())
        .extracting(manifest -> JSON.writeValueAsString(manifest.path("platform")))
        .containsExactly(
            "{\"architecture\":\"amd64\",\"os\":\"linux\"}",
            "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}",
            "{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}",
            "{\"architecture\":\"ppc64le\",\"os\":\"linux\"}",
            "{\"architecture\":\"s390x\",\"os\":\"linux\"}",
            "{\"architecture\":\"riscv64\",\"os\":\"linux\"}",
            "{\"architecture\":\"loong64\",\"os\":\"linux\"}");
  }

  @ParameterizedTest
  @EnumSource
  void configuresTheContainerForItsPlatform(Platform platform) throws IOException {
    var image = of(platform);
    var config = json(image.config());

    assertThat(config.path("architecture").asString()).isEqualTo(platform.architecture());
    assertThat(config.path("os").asString()).isEqualTo("linux");
    assertThat(config.path("variant").asString("")).isEqualTo(platform.variant());
    assertThat(config.path("config").path("User").asString()).isEqualTo("65535:65535");
    assertThat(config.path("config").path("Entrypoint").toString()).isEqualTo("[\"/pause\"]");
    assertThat(config.path("rootfs").path("diff_ids").path(0).asString())
        .isEqualTo(Digest.sha256(unpacked(image.layer())).toString());
  }

  @ParameterizedTest
  @EnumSource
  void namesConfigurationAndLayerInTheManifest(Platform platform) {
    var image = of(platform);
    var manifest =
        ManifestReader.read(
            Optional.of(image.manifest().mediaType().text()), image.manifest().bytes());

    assertThat(manifest.blobs())
        .extracting("digest", "sizeBytes")
        .containsExactly(
            tuple(image.config().digest(), (long) image.config().sizeBytes()),
            tuple(image.layer().digest(), (long) image.layer().sizeBytes()));
  }

  @Test
  void namesTheManifestsInTheIndex() {
    var index =
        ManifestReader.read(Optional.of(IMAGE.index().mediaType().text()), IMAGE.index().bytes());

    assertThat(index.manifests())
        .extracting("digest")
        .containsExactlyElementsOf(
            IMAGE.images().stream().map(image -> image.manifest().digest()).toList());
  }

  @Test
  void carriesLabelsAndAnnotationsAndOnesOwn() {
    var image =
        PauseImage.of(
            new Recipe(
                new PauseVersion("3.10.2-acme.1"),
                EnumSet.of(Platform.LINUX_AMD64),
                new ContainerUser("1000"),
                Map.of("team", "platform"),
                Map.of("org.opencontainers.image.title", "our pause", "a", "b")));
    var only = image.images().getFirst();

    var config = json(only.config()).path("config");
    assertThat(config.path("User").asString()).isEqualTo("1000");
    assertThat(config.path("Labels").path("team").asString()).isEqualTo("platform");
    assertThat(config.path("Labels").path("org.opencontainers.image.version").asString())
        .isEqualTo("3.10.2-acme.1");
    for (var document : new Content[] {only.manifest(), image.index()}) {
      assertThat(JSON.writeValueAsString(json(document).path("annotations")))
          .startsWith("{\"a\":\"b\",")
          .contains("\"org.opencontainers.image.title\":\"our pause\"")
          .contains("\"org.opencontainers.image.version\":\"3.10.2-acme.1\"");
    }
  }

  @Test
  void orderOfLabelsMakesNoDifference() {
    var oneWay = new LinkedHashMap<>(Map.of("a", "1"));
    oneWay.put("b", "2");
    var otherWay = new LinkedHashMap<>(Map.of("b", "2"));
    otherWay.put("a", "1");

    assertThat(labelled(oneWay).digest()).isEqualTo(labelled(otherWay).digest());
  }

  private static Content labelled(Map<String, String> labels) {
    var platforms = EnumSet.of(Platform.LINUX_S390X, Platform.LINUX_AMD64);
    return PauseImage.of(
            new Recipe(PauseVersion.NEWEST, platforms, ContainerUser.NOBODY, labels, labels))
        .index();
  }

  private static PauseImage.PlatformImage of(Platform platform) {
    return IMAGE.images().stream()
        .filter(image -> image.platform() == platform)
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(Content content) {
    return JSON.readTree(content.bytes());
  }

  private static byte[] unpacked(Content layer) throws IOException {
    try (var input = new GZIPInputStream(new ByteArrayInputStream(layer.bytes()))) {
      return input.readAllBytes();
    }
  }
}
