package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cosign pushes a file as an artifact, and signs it. */
@RealClient(programs = "cosign")
@Tag("long")
class RightsInCosignTest extends RightsContract {
  private Command cosign;
  private Path file = Path.of("");
  private Path key = Path.of("");

  @BeforeAll
  void makeKeys(@TempDir Path home) throws IOException {
    cosign =
        Tools.command("cosign", home)
            .with("COSIGN_PASSWORD", "")
            // It asks the internet for keys that nothing here is signed with, and goes on without.
            .with("HTTPS_PROXY", "http://127.0.0.1:9");
    file = Files.writeString(home.resolve("file"), "signed");
    key = home.resolve("key");
    cosign.run("generate-key-pair", "--output-key-prefix", key);
  }

  @Override
  void login(String authority, String user, String password) {
    cosign.run("login", authority, "--username", user, "--password", password);
  }

  @Override
  void logout(String authority) {
    try {
      Files.deleteIfExists(file.resolveSibling(".docker/config.json"));
    } catch (IOException e) {
      throw new AssertionError("cannot forget the login", e);
    }
  }

  @Override
  void push(ImageTar pushed, String reference) {
    cosign.run("upload", "blob", "--files", file, reference);
  }

  @Override
  void pull(String reference, Path target) {
    cosign.run("save", "--dir", target, reference);
  }

  /** A signature's tag is no name that tag patterns govern: who may push here at all may sign. */
  @Test
  void signsWhereItMayPush() {
    var image = named("team/signed:1.0.0-dev");
    asUser("writer", () -> push(image(), image));

    asUser("reader", () -> refused(() -> sign(image))); // first: it pushes no signature twice
    asUser("writer", () -> sign(image));
    asUser("reader", () -> assertThat(verify(image)).contains("The signatures were verified"));
    refused(() -> verify(image));
  }

  private void sign(String image) {
    cosign.run("sign", "--yes", "--tlog-upload=false", "--key", key + ".key", image);
  }

  private String verify(String image) {
    return cosign.run("verify", "--insecure-ignore-tlog", "--key", key + ".pub", image);
  }
}
