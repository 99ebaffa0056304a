package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ko: builds a Go program upon an image that it pulls, and pushes both as one. */
@Listed(value = "ko", version = "ko", sends = "one `PATCH`: relay")
@Tag("long")
@RealClient(programs = {"ko", "go"})
class KoTest extends ClientTest {
  private static Command ko;

  @BeforeAll
  static void keepKoInOneFolder(@TempDir Path home) {
    ko =
        Tools.command("ko", home)
            .with("GOFLAGS", "-modcacherw -buildvcs=false")
            .with("GOPROXY", "off")
            .with("CGO_ENABLED", 0);
  }

  @Test
  void pushesAProgramUponAnImageThatItPulled() throws IOException {
    var base = ImageTar.write(folder, seed("base"), 1_000, 5_000_000);
    OwnClient.push(base, repository("base") + ":1");
    var source = Files.createDirectory(folder.resolve("source"));
    Files.writeString(source.resolve("go.mod"), "module roadstead.test/hello\n");
    Files.writeString(
        source.resolve("main.go"), "package main\n\nfunc main() { println(\"hello\") }\n");

    var printed =
        ko.with("KO_DOCKER_REPO", repository("program"))
            .with("KO_DEFAULTBASEIMAGE", repository("base") + ":1")
            .in(source)
            .run("build", "--bare", "--sbom=none", "--tags=1", ".");

    var digest = REGISTRY.manifestDigest(repository("program"), "1");
    assertThat(printed).contains(repository("program") + ":1@" + digest);
    assertThat(OwnClient.pull(repository("program") + ":1"))
        .contains(digest)
        .containsAll(base.layers());
  }
}
