package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buildah: one PATCH of unknown length per layer, which it compresses on the way. */
@Listed(value = "buildah", version = "buildah", sends = "one `PATCH` of unknown length: relay")
@Tag("long")
@RealClient(programs = "buildah", root = true)
class BuildahTest extends ClientContract {
  private static Command buildah;

  @BeforeAll
  static void keepBuildahInOneFolder(@TempDir Path home) {
    buildah =
        Tools.command("buildah", home)
            .and("--root", home.resolve("root"))
            .and("--runroot", home.resolve("run"))
            .and("--storage-driver=vfs");
  }

  @Test
  void pullsTheImageThatItBuilt() throws IOException {
    var content = folder.resolve("hello");
    Files.writeString(content, "hello from " + seed("built"));
    Files.writeString(folder.resolve("Containerfile"), "FROM scratch\nCOPY hello /hello\n");
    var reference = repository("built") + ":1";

    buildah.run("build", "--isolation=chroot", "--tag", reference, folder);
    buildah.run("push", "--tls-verify=false", reference);
    emptyStore();
    var container = buildah.run("from", "--tls-verify=false", "--quiet", reference).strip();
    var mounted = Path.of(buildah.run("mount", container).strip());

    assertThat(mounted.resolve("hello")).hasSameTextualContentAs(content);
    buildah.run("rm", container);
  }

  @Override
  String push(ImageTar image, String reference) {
    buildah.run("pull", "oci-archive:" + image.tar());
    return buildah.run(
        "--log-level=debug", "push", "--tls-verify=false", image.name(), "docker://" + reference);
  }

  @Override
  long layersSent(ImageTar image, String printed) {
    return SkopeoTest.layersSent(printed);
  }

  @Override
  void pull(String reference, Path target) {
    buildah.run("pull", "--tls-verify=false", reference);
    buildah.run("push", reference, "docker-archive:" + target + ":roadstead.test/pulled:1");
  }

  @Override
  void emptyStore() {
    buildah.run("rmi", "--all", "--force");
    assertThat(buildah.run("images", "--all", "--quiet")).isEmpty();
  }

  @Override
  List<String> expected(ImageTar image) {
    return image.unpacked();
  }
}
