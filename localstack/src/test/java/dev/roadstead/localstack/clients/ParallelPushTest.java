package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.StoppedRegistry;
import dev.roadstead.localstack.TestBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that push at the same time what is partly the same. */
@Tag("long")
@RealClient(programs = {"crane", "skopeo", "regctl"})
class ParallelPushTest {
  private static final int IMAGES = 20;
  private static final int REPOSITORIES = 4;

  private static Command crane;
  private static Command skopeo;
  private static Command regctl;

  @TempDir private Path folder;

  @BeforeAll
  static void keepClientsInOneFolder(@TempDir Path home) {
    crane = Tools.command("crane", home);
    skopeo = Tools.command("skopeo", home);
    regctl = Tools.command("regctl", home);
  }

  @Test
  void twentyImagesThatShareLayersArriveWhole() {
    var images = IntStream.range(0, IMAGES).mapToObj(this::image).toList();
    var backend = TestBackend.fresh();
    var data = folder.resolve("data");
    try (var registry = RegistryProcess.start(folder, backend)) {
      regctl.run("registry", "set", registry.authority(), "--tls=disabled", "--skip-check");

      AtOnce.run(IMAGES, IMAGES, n -> push(n, images.get(n), reference(registry, n)));

      var pulled = AtOnce.run(IMAGES, IMAGES, n -> pull(n, reference(registry, n)));
      for (var n = 0; n < IMAGES; n++) {
        assertThat(pulled.get(n)).containsAll(images.get(n).blobs());
      }
      registry.stayedWithinItsMemory();
    }
    assertThat(StoppedRegistry.violations(data, backend)).isEmpty();
    try (var stores = StoppedRegistry.open(data, backend)) {
      assertThat(stores.uploadsUnderWay()).isEmpty();
    }
  }

  /** Two layers that all images have, one that every other image has, and one of its own. */
  private ImageTar image(int n) {
    return ImageTar.write(
        folder.resolve("image-" + n), "parallel", 1_000, 5_000_000, 6_000_000 + n % 2, 7_000 + n);
  }

  private static String reference(RegistryProcess registry, int n) {
    return registry.authority() + "/parallel/" + n % REPOSITORIES + ":" + n;
  }

  private static String push(int n, ImageTar image, String reference) {
    var layout = image.layout() + ":1";
    return switch (n % 3) {
      case 0 -> crane.run("push", image.layout(), reference);
      case 1 ->
          skopeo.run("copy", "--dest-tls-verify=false", "oci:" + layout, "docker://" + reference);
      default -> regctl.run("image", "copy", "ocidir://" + layout, reference);
    };
  }

  /** Each client pulls what another one has pushed. */
  private List<String> pull(int n, String reference) {
    var target = folder.resolve("pulled-" + n);
    switch (n % 3) {
      case 0 ->
          skopeo.run(
              "copy", "--src-tls-verify=false", "docker://" + reference, "oci:" + target + ":1");
      case 1 -> regctl.run("image", "copy", reference, "ocidir://" + target + ":1");
      default -> crane.run("pull", "--format=oci", reference, target);
    }
    return List.copyOf(Digests.below(target));
  }
}
