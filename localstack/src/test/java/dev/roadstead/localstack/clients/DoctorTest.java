package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code roadstead doctor}, on this registry and on one that lacks something. */
@RealClient(programs = "docker-registry")
class DoctorTest {
  @RegisterExtension static final RegistryUnderTest REGISTRY = new RegistryUnderTest();

  @Test
  void findsNothingWrongHere() {
    var printed = doctor(REGISTRY.authority());

    assertThat(printed).contains("passed   referrers", "passed   large-stream", " 0 failed");
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThatThrownBy(() -> doctor("127.0.0.1:1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("exit 2")
        .hasMessageContaining("cannot connect to http://127.0.0.1:1");
  }

  /** Debian's registry, which knows no referrers. */
  @Test
  void findsWhatAnotherRegistryLacks(@TempDir Path folder) throws IOException {
    var configuration = folder.resolve("registry.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        log: {level: info}
        storage:
          filesystem: {rootdirectory: %s}
          delete: {enabled: true}
        http: {addr: "127.0.0.1:0"}
        """
            .formatted(folder.resolve("data")));
    var command = Tools.command("docker-registry", folder).and("serve", configuration);
    var peer = Daemon.start(command, folder);
    try {
      var address = peer.awaitLog("listening on (127\\.0\\.0\\.1:\\d+)").group(1);
      assertThatThrownBy(() -> doctor(address))
          .isInstanceOf(AssertionError.class)
          .hasMessageStartingWith("exit 1")
          .hasMessageContaining("failed   referrers")
          .hasMessageContaining("passed   manifest");
    } finally {
      ProcessHandle.of(peer.pid()).ifPresent(Command::end);
    }
  }

  private static String doctor(String authority) {
    return RegistryProcess.launcher().run("doctor", "http://" + authority);
  }
}
