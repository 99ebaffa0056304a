package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@RealClient(
    programs = {"dockerd", "docker"},
    root = true)
class RightsInDockerTest extends RightsContract {
  private Daemon dockerd;
  private Command docker;

  @BeforeAll
  void startDockerd(@TempDir Path home) throws IOException {
    dockerd = DockerTest.dockerd(home);
    docker = DockerTest.docker(home);
  }

  @AfterAll
  void stopDockerd() {
    dockerd.stop();
  }

  @Override
  void login(String authority, String user, String password) {
    docker.run("login", "--username", user, "--password", password, authority);
  }

  @Override
  void logout(String authority) {
    docker.run("logout", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    docker.run("load", "--input", pushed.tar());
    docker.run("tag", pushed.name(), reference);
    docker.run("push", reference);
  }

  @Override
  void pull(String reference, Path target) {
    docker.run("pull", reference);
  }
}
