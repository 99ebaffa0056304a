package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are sent to the bytes of a blob, as in the cloud: there they are in a bucket. */
@RealClient(
    programs = {"crane", "skopeo", "regctl", "podman"},
    root = true)
class RedirectedPullTest {
  private static Command crane;
  private static Command skopeo;
  private static Command regctl;
  private static Command podman;
  private static RegistryProcess registry;
  private static ImageTar image;

  @TempDir private Path target;

  @BeforeAll
  static void startAndPush(@TempDir Path home, @TempDir Path folder) throws IOException {
    crane = Tools.command("crane", home);
    skopeo = Tools.command("skopeo", home);
    regctl = Tools.command("regctl", home);
    podman = PodmanTest.podman(home);
    registry = RegistryProcess.start(folder, TestBackend.fresh(), "--redirect");
    image = ImageTar.write(folder.resolve("image"), "redirected", 1_000, 5_000_000);
    OwnClient.push(image, reference());
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  private static String reference() {
    return registry.authority() + "/redirected:1";
  }

  @Test
  void craneFollows() {
    crane.run("pull", "--format=oci", reference(), target);

    assertThat(Digests.below(target)).containsAll(image.blobs());
  }

  @Test
  void skopeoFollows() {
    skopeo.run("copy", "--src-tls-verify=false", "docker://" + reference(), "oci:" + target + ":1");

    assertThat(Digests.below(target)).containsAll(image.blobs());
  }

  @Test
  void regctlFollows() {
    regctl.run("registry", "set", registry.authority(), "--tls=disabled", "--skip-check");

    regctl.run("image", "copy", reference(), "ocidir://" + target + ":1");

    assertThat(Digests.below(target)).containsAll(image.blobs());
  }

  @Test
  void podmanFollows() {
    podman.run("pull", "--tls-verify=false", reference());
    podman.run("save", "--output", target.resolve("image.tar"), reference());

    assertThat(Digests.below(target.resolve("image.tar"))).containsAll(image.unpacked());
  }

  @Test
  void theBytesAreSomewhereElse() throws Exception {
    var layer = image.layers().getLast();
    var blob = URI.create("http://" + registry.authority() + "/v2/redirected/blobs/" + layer);
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(HttpRequest.newBuilder(blob).build(), BodyHandlers.discarding());

      assertThat(answer.statusCode()).isEqualTo(307);
      var place = blob.resolve(answer.headers().firstValue("Location").orElseThrow());
      assertThat(place.getAuthority().equals(registry.authority()))
          .as("in the registry itself: %s", place)
          .isEqualTo(TestBackend.mode().equals("embedded"));
    }
  }
}
