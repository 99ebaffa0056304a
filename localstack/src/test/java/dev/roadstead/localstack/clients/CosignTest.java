package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cosign with a key of its own: signatures beside an image, as a tag and as a referrer. */
@Listed(value = "cosign", version = "cosign", sends = "a signature in one short `PATCH`: function")
@Tag("long")
@RealClient(programs = "cosign")
class CosignTest extends ClientTest {
  private static final String VERIFIED = "The signatures were verified";
  private static final String NONE = "no signatures found";

  private static Command cosign;
  private static Path key;
  private static Path otherKey;

  @BeforeAll
  static void makeKeys(@TempDir Path home) {
    cosign =
        Tools.command("cosign", home)
            .with("COSIGN_PASSWORD", "")
            .with("COSIGN_EXPERIMENTAL", 1)
            // It asks the internet for keys that nothing here is signed with, and goes on without.
            .with("HTTPS_PROXY", "http://127.0.0.1:9");
    key = newKey(home.resolve("key"));
    otherKey = newKey(home.resolve("other"));
  }

  private static Path newKey(Path prefix) {
    cosign.run("generate-key-pair", "--output-key-prefix", prefix);
    return prefix;
  }

  @Test
  void verifiesWhatItSignedByTag() {
    var repository = repository("tag");
    var digest = push(repository);

    sign(repository + "@" + digest);

    assertThat(verify(repository, key)).contains(VERIFIED);
    assertThatThrownBy(() -> verify(repository, otherKey))
        .hasMessageContaining("invalid signature");
    assertThat(REGISTRY.tags(repository))
        .contains("[\"1\",\"" + digest.replace(':', '-') + ".sig\"]");
  }

  @Test
  void verifiesWhatItSignedByReferrer() {
    var repository = repository("referrer");
    var digest = push(repository);

    sign(repository + "@" + digest, "--registry-referrers-mode=oci-1-1");

    assertThat(verify(repository, key, "--experimental-oci11")).contains(VERIFIED);
    assertThatThrownBy(() -> verify(repository, otherKey, "--experimental-oci11"))
        .hasMessageContaining(NONE);
    assertThat(REGISTRY.referrers(repository, digest))
        .contains("application/vnd.dev.cosign.artifact.sig.v1+json");
    assertThat(REGISTRY.tags(repository)).contains("[\"1\"]");
  }

  @Test
  void findsNoSignatureWhereThereIsNone() {
    var repository = repository("unsigned");
    push(repository);

    assertThatThrownBy(() -> verify(repository, key)).hasMessageContaining(NONE);
  }

  @Test
  @Tag("embedded")
  void uploadsAFileThroughARelayThatWasAsleep() throws IOException {
    var file = folder.resolve("file");
    var bytes = new byte[60_000_000];
    new Random(2).nextBytes(bytes);
    Files.write(file, bytes);
    try (var registry = SleepyRegistry.start(folder.resolve("registry"), "2s")) {
      var reference = registry.authority() + "/" + seed("from-cold") + ":1";

      cosign.run("upload", "blob", "-f", file, reference);

      assertThat(registry.hasWokenItsRelay()).isTrue();
      assertThat(OwnClient.pull(reference)).contains(Digests.of(bytes));
    }
  }

  /** Pushes an image of one layer under the tag 1, and returns its digest. */
  private String push(String repository) {
    var image = ImageTar.write(folder, repository.substring(repository.indexOf('/') + 1), 1_000);
    OwnClient.push(image, repository + ":1");
    return image.manifest();
  }

  private static void sign(String image, Object... options) {
    cosign
        .and("sign", "--yes", "--tlog-upload=false", "--key", key + ".key")
        .and(options)
        .run(image);
  }

  private static String verify(String repository, Path by, Object... options) {
    return cosign
        .and("verify", "--insecure-ignore-tlog", "--key", by + ".pub")
        .and(options)
        .run(repository + ":1");
  }
}
