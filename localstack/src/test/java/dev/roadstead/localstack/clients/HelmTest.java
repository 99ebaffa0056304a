package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm: one PUT per chart, which is longer than a function takes. */
@Listed(value = "helm", version = "helm", sends = "one `PUT`: past everything")
@Tag("long")
@RealClient(programs = "helm")
class HelmTest extends ClientTest {
  /** Helm takes no file above 5 MiB into a chart, so there are two. */
  private static final int FILE_BYTES = 3_000_000;

  private static Command helm;

  private Path chart = Path.of("");

  @BeforeAll
  static void keepHelmInOneFolder(@TempDir Path home) {
    helm = Tools.command("helm", home);
  }

  @BeforeEach
  void packChart() throws IOException {
    var source = Files.createDirectories(folder.resolve("harbour"));
    Files.writeString(
        source.resolve("Chart.yaml"), "apiVersion: v2\nname: harbour\nversion: 1.2.3\n");
    Files.writeString(source.resolve("values.yaml"), "berths: 7\n");
    Files.createDirectory(source.resolve("templates"));
    Files.writeString(
        source.resolve("templates/berths.yaml"),
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: {{ .Release.Name }}
        data:
          berths: "{{ .Values.berths }}"
        """);
    var bytes = new byte[FILE_BYTES];
    var random = new Random(1);
    for (var name : new String[] {"north.bin", "south.bin"}) {
      random.nextBytes(bytes);
      Files.write(source.resolve(name), bytes);
    }
    helm.run("package", source, "--destination", folder);
    chart = folder.resolve("harbour-1.2.3.tgz");
  }

  @Test
  void pullsTheChartThatItPushed() throws IOException {
    var charts = charts("pulled");

    var pushed = helm.run("push", chart, charts, "--plain-http");
    var target = Files.createDirectory(folder.resolve("pulled"));
    helm.run(
        "pull", charts + "/harbour", "--version=1.2.3", "--plain-http", "--destination", target);

    assertThat(target.resolve("harbour-1.2.3.tgz")).hasSameBinaryContentAs(chart);
    assertThat(pushed)
        .contains(REGISTRY.manifestDigest(repository("pulled") + "/harbour", "1.2.3"));
  }

  @Test
  void getsAChartInSpiteOfABrokenConnection() throws IOException {
    helm.run("push", chart, charts("broken"), "--plain-http");
    var target = Files.createDirectory(folder.resolve("pulled"));
    try (var network = CuttingProxy.before(REGISTRY.authority(), 2_000_000)) {
      var reference = "oci://" + network.authority() + "/" + seed("broken") + "/harbour";

      atTheSecondTryAtLast(
          () -> helm.run("pull", reference, "--plain-http", "--destination", target));

      assertThat(network.hasCut()).isTrue();
      assertThat(target.resolve("harbour-1.2.3.tgz")).hasSameBinaryContentAs(chart);
    }
  }

  @Test
  void fillsInTheTemplatesOfAChartThatItPushed() {
    var charts = charts("template");
    helm.run("push", chart, charts, "--plain-http");

    var printed =
        helm.run("template", "bay", charts + "/harbour", "--plain-http", "--set", "berths=9");

    assertThat(printed).contains("name: bay", "berths: \"9\"");
  }

  @Test
  void findsTheNewestOfSeveralVersions() {
    var charts = charts("versions");
    for (var version : new String[] {"1.9.0", "1.10.0", "0.99.0"}) {
      helm.run("package", folder.resolve("harbour"), "--version", version, "-d", folder);
      helm.run("push", folder.resolve("harbour-" + version + ".tgz"), charts, "--plain-http");
    }

    var printed = helm.run("show", "chart", charts + "/harbour", "--plain-http");

    assertThat(printed).contains("version: 1.10.0");
  }

  @Test
  @Tag("embedded")
  void pushesWithoutWakingARelayThatSleeps() throws IOException {
    try (var registry = SleepyRegistry.start(folder.resolve("registry"), "1h")) {
      var charts = "oci://" + registry.authority() + "/" + seed("from-cold");

      helm.run("push", chart, charts, "--plain-http");

      assertThat(helm.run("show", "chart", charts + "/harbour", "--plain-http"))
          .contains("version: 1.2.3");
      assertThat(registry.hasWokenItsRelay()).isFalse();
    }
  }

  private String charts(String name) {
    return "oci://" + repository(name);
  }
}
