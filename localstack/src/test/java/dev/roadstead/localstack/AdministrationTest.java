package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.HttpAdminTransport;
import dev.roadstead.client.RegistryRefusal;
import dev.roadstead.embedded.DoorFile;
import dev.roadstead.registry.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administration goes through the secret in the data folder, and through nothing else. */
class AdministrationTest {
  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.asItComes();

  private static DoorFile door() {
    return DoorFile.read(REGISTRY.data()).orElseThrow();
  }

  private static AdminClient admin(DoorFile door) {
    return new AdminClient(HttpAdminTransport.with(door.token(), door.address()));
  }

  @Test
  void tellsWhatRunsToWhoeverCanReadTheFolder() throws IOException {
    REGISTRY.put(
        "/v2/team/app/manifests/1", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try (var admin = admin(door())) {
      var status = admin.get("status", Map.of());

      assertThat(status.path("version").asString()).isEqualTo(Version.TEXT).matches("\\d+\\..*");
      assertThat(status.path("repositories").asInt(-1)).isZero();
    }
  }

  @Test
  void keepsTheSecretFromOtherUsersOfTheMachine() throws IOException {
    var file = REGISTRY.data().resolve("administration");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isClosedToWhoeverShowsNothing() {
    var answer = REGISTRY.get("/api/v1/status");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(LocalRegistryExtension.text(answer)).contains("\"UNAUTHORIZED\"", "data folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer x", "Basic b3BlcmF0b3I6eA==", "bearer", "Bearer  "})
  void isClosedToWhoeverShowsAnythingElse(String authorization) {
    var request = REGISTRY.request("/api/v1/status").header("Authorization", authorization);

    assertThat(REGISTRY.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void leavesTheRegistryOpenToClientsThatShowSomething() {
    var request = REGISTRY.request("/v2/").header("Authorization", "Bearer x");

    assertThat(REGISTRY.send(request).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/", "/api/v1", "/api/v1/statuses", "/api/v1/status/x", "/api/"})
  void hasNoOtherAddresses(String address) {
    var answer = REGISTRY.get(address);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(LocalRegistryExtension.text(answer)).contains("\"UNSUPPORTED\"");
  }

  @Test
  void takesNoOtherMethods() {
    var answer = REGISTRY.send(REGISTRY.request("/api/v1/status").POST(BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void opensNothingWithTheSecretOfAnEarlierRun(@TempDir Path folder) throws IOException {
    var options =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, folder.resolve("data"), false, false);
    DoorFile earlier;
    try (var first = LocalRegistry.start(options)) {
      earlier = DoorFile.read(options.data()).orElseThrow();
      assertThat(earlier.address().getPort()).isEqualTo(first.port());
    }
    assertThat(DoorFile.read(options.data())).isEmpty();

    try (var second = LocalRegistry.start(options);
        var late =
            admin(
                new DoorFile(
                    earlier.address().resolve("http://127.0.0.1:" + second.port()),
                    earlier.token()))) {
      assertThatThrownBy(() -> late.get("status", Map.of()))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("data folder");
    }
  }
}
