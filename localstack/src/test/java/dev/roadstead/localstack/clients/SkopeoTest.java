package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Skopeo: one PATCH of known length per layer that is compressed already. */
@Listed(value = "skopeo", version = "skopeo", sends = "one `PATCH`: relay")
@RealClient(programs = "skopeo")
class SkopeoTest extends ClientContract {
  private static Command skopeo;

  @BeforeAll
  static void keepSkopeoInOneFolder(@TempDir Path home) {
    skopeo = Tools.command("skopeo", home).and("--debug");
  }

  @Override
  String push(ImageTar image, String reference) {
    return skopeo.run(
        "copy", "--dest-tls-verify=false", "oci:" + image.layout() + ":1", "docker://" + reference);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return layersSent(printed);
  }

  /** By what podman and skopeo log: the configuration comes after the layers. */
  static long layersSent(String log) {
    return log.lines()
        .takeWhile(line -> !line.startsWith("Copying config"))
        .filter(line -> line.contains("msg=\"PATCH http"))
        .count();
  }

  @Override
  void pull(String reference, Path target) {
    skopeo.run("copy", "--src-tls-verify=false", "docker://" + reference, "oci:" + target + ":1");
  }
}
