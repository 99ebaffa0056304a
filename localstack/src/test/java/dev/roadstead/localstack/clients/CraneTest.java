package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** crane: one PATCH of known length per layer. */
@Listed(value = "crane", version = "crane", sends = "one `PATCH`: relay")
@RealClient(programs = "crane")
class CraneTest extends ClientContract {
  private static Command crane;

  @BeforeAll
  static void keepCraneInOneFolder(@TempDir Path home) {
    crane = Tools.command("crane", home);
  }

  @Override
  String push(ImageTar image, String reference) {
    return crane.run("push", image.layout(), reference);
  }

  @Override
  String pushFrom(String source, ImageTar image, String target) {
    return crane.run("copy", source, target);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return image.layers().stream()
        .filter(layer -> printed.contains("pushed blob: " + layer))
        .count();
  }

  @Override
  void pull(String reference, Path target) {
    crane.run("pull", "--format=oci", reference, target);
  }
}
