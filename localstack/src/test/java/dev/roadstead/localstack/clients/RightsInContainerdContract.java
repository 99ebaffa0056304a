package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** {@code ctr} remembers no login: it is told at every step who it is. */
abstract class RightsInContainerdContract extends RightsContract {
  private Containerd containerd;
  private List<String> user = List.of();

  abstract Containerd start(Path home);

  @BeforeAll
  void startContainerd(@TempDir Path home) {
    containerd = start(home);
  }

  @AfterAll
  void stopContainerd() {
    containerd.daemon().stop();
  }

  @Override
  void login(String authority, String name, String password) {
    user = List.of("--user", name + ":" + password);
  }

  @Override
  void logout(String authority) {
    user = List.of();
  }

  @Override
  void push(ImageTar pushed, String reference) {
    containerd.load(pushed);
    containerd
        .ctr()
        .and("images", "push", "--plain-http")
        .and(user.toArray())
        .run(reference, pushed.name());
  }

  @Override
  void pull(String reference, Path target) {
    containerd
        .ctr()
        .and("images", "pull", "--plain-http", "--snapshotter", "native")
        .and(user.toArray())
        .run(reference);
  }
}
