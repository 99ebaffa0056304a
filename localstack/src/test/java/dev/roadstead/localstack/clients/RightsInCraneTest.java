package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@RealClient(programs = "crane")
class RightsInCraneTest extends RightsOfDeletionContract {
  private Command crane;

  @BeforeAll
  void keepCraneInOneFolder(@TempDir Path home) {
    crane = Tools.command("crane", home);
  }

  @Override
  void login(String authority, String user, String password) {
    crane.run("auth", "login", authority, "--username", user, "--password", password);
  }

  @Override
  void logout(String authority) {
    crane.run("auth", "logout", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    crane.run("push", pushed.layout(), reference);
  }

  @Override
  void pull(String reference, Path target) {
    crane.run("pull", "--format=oci", reference, target);
  }

  @Override
  void deleteByDigest(String reference) {
    var digest = crane.run("digest", reference).strip();
    crane.run("delete", reference.substring(0, reference.lastIndexOf(':')) + "@" + digest);
  }
}
