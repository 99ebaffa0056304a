package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@RealClient(programs = "podman", root = true)
class RightsInPodmanTest extends RightsContract {
  private Command podman;

  @BeforeAll
  void keepPodmanInOneFolder(@TempDir Path home) throws IOException {
    podman = PodmanTest.podman(home).with("REGISTRY_AUTH_FILE", home.resolve("auth.json"));
  }

  @Override
  void login(String authority, String user, String password) {
    podman.run(
        "login", "--tls-verify=false", "--username", user, "--password", password, authority);
  }

  @Override
  void logout(String authority) {
    podman.run("logout", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    podman.run("load", "--input", pushed.tar());
    podman.run("push", "--tls-verify=false", pushed.name(), reference);
  }

  @Override
  void pull(String reference, Path target) {
    podman.run("pull", "--tls-verify=false", reference);
  }
}
