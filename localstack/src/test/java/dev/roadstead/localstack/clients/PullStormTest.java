package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that want the same at the same time, as when a deployment begins. */
@Tag("long")
@RealClient(programs = "crane")
class PullStormTest extends ClientTest {
  private static final int PULLS = 200;
  private static final int AT_ONCE = 50;

  private static Command crane;

  @BeforeAll
  static void keepCraneInOneFolder(@TempDir Path home) {
    crane = Tools.command("crane", home).and("--verbose");
  }

  @Test
  void everyPullOfOneTagGetsTheSameImage() {
    var image = ImageTar.write(folder, seed("tag"), 1_000, 1_000_000);
    var reference = repository("tag") + ":1";
    OwnClient.push(image, reference);

    var failures = AtOnce.run(PULLS, AT_ONCE, n -> pull(n, image, reference));

    assertThat(failures.stream().flatMap(List::stream)).isEmpty();
    REGISTRY.stayedWithinItsMemory();
  }

  /** Returns the answers that were failures of the server; crane itself would try again. */
  private List<String> pull(int n, ImageTar image, String reference) {
    var target = folder.resolve("pulled-" + n);
    var printed = crane.run("pull", "--format=oci", reference, target);
    assertThat(Digests.below(target)).containsAll(image.blobs());
    assertThat(printed).contains("<-- 200 ");
    return printed.lines().filter(line -> line.contains("<-- 5")).toList();
  }
}
