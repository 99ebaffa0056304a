package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** regctl: one PUT per layer, or as the only client, one PATCH per chunk. */
@Listed(
    value = "regctl",
    version = "regctl",
    sends = "one `PUT`: past everything; in chunks: functions")
@RealClient(programs = "regctl")
class RegctlTest extends ClientContract {
  private static Command regctl;

  @BeforeAll
  static void keepRegctlInOneFolder(@TempDir Path home) {
    regctl = Tools.command("regctl", home);
  }

  @BeforeEach
  void sendLayersWhole() {
    configure("--blob-max=-1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, 5 << 20})
  void pullsTheLayersThatItPushedInChunks(int chunkBytes) {
    var name = "chunks-of-" + chunkBytes;
    var image = ImageTar.write(folder, seed(name), 1_000, 5_000_000, 60_000_000);
    configure("--blob-max=" + chunkBytes, "--blob-chunk=" + chunkBytes);

    var printed = push(image, repository(name) + ":1");

    assertThat(count(printed, "req-method=PATCH")).isGreaterThanOrEqualTo(60_000_000 / chunkBytes);
    assertThat(pulled(repository(name) + ":1")).containsAll(expected(image));
  }

  @Override
  boolean needsRelay() {
    return false;
  }

  @Override
  boolean resumes() {
    return true;
  }

  @Override
  void introduce(String authority) {
    registry(authority).run("--tls=disabled", "--skip-check");
  }

  @Override
  String push(ImageTar image, String reference) {
    return copy("ocidir://" + image.layout() + ":1", reference);
  }

  @Override
  String pushFrom(String source, ImageTar image, String target) {
    return copy(source, target);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return image.layers().stream()
        .filter(layer -> count(printed, "req-method=PUT .*digest=" + encoded(layer)) > 0)
        .count();
  }

  @Override
  void pull(String reference, Path target) {
    copy(reference, "ocidir://" + target + ":1");
  }

  private static String copy(String source, String target) {
    return regctl.run("--verbosity=trace", "image", "copy", source, target);
  }

  private static void configure(Object... options) {
    registry(REGISTRY.authority()).and("--tls=disabled", "--skip-check").run(options);
  }

  private static Command registry(String authority) {
    return regctl.and("registry", "set", authority);
  }

  private static long count(String printed, String request) {
    return Pattern.compile(request).matcher(printed).results().count();
  }

  private static String encoded(String digest) {
    return digest.replace(":", "%3A");
  }
}
