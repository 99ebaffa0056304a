package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skopeo: one PATCH of known length per layer that is compressed already. */
@Listed(value = "skopeo", version = "skopeo", sends = "one `PATCH`: relay")
@RealClient(programs = "skopeo")
class SkopeoTest extends ClientContract {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int TRIES = 5;

  private static Command skopeo;

  @BeforeAll
  static void keepSkopeoInOneFolder(@TempDir Path home) {
    skopeo = Tools.command("skopeo", home).and("--debug");
  }

  /** It repeats nothing by itself, and says why it failed. */
  @Test
  @Tag("long")
  @Tag("embedded")
  void saysThatTheRelayDiedUnderItsStreamAndPushesAgain() throws IOException {
    try (var registry = SleepyRegistry.start(folder.resolve("registry"), "2s")) {
      var image = ImageTar.write(folder, seed("relay-dies"), 300_000_000);
      var reference = registry.authority() + "/" + seed("relay-dies") + ":1";
      var killed = registry.killRelayAfter(100_000_000);

      assertThatThrownBy(() -> push(image, reference)).hasMessageContaining("502");

      assertThat(killed).isCompleted();
      assertThat(registry.hasLostAStream()).isTrue();
      var _ = atOneOf(TRIES, () -> afterAPause(() -> push(image, reference)));
      assertThat(pulled(reference)).containsAll(expected(image));
      registry.isClean();
    }
  }

  /** As people do; a relay that died is believed awake for some seconds. */
  private static String afterAPause(Supplier<String> attempt) {
    LockSupport.parkNanos(PAUSE.toNanos());
    return attempt.get();
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
