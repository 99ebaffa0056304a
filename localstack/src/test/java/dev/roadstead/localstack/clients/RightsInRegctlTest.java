package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@RealClient(programs = "regctl")
class RightsInRegctlTest extends RightsOfDeletionContract {
  private Command regctl;

  @BeforeAll
  void keepRegctlInOneFolder(@TempDir Path home) {
    regctl = Tools.command("regctl", home);
  }

  @Override
  void login(String authority, String user, String password) {
    regctl.run("registry", "set", "--tls", "disabled", "--skip-check", authority);
    regctl.run("registry", "login", authority, "--user", user, "--pass", password);
  }

  @Override
  void logout(String authority) {
    regctl.run("registry", "logout", authority);
    regctl.run("registry", "set", "--tls", "disabled", "--skip-check", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    regctl.run("image", "copy", "ocidir://" + pushed.layout() + ":1", reference);
  }

  @Override
  void pull(String reference, Path target) {
    regctl.run("image", "copy", reference, "ocidir://" + target + ":1");
  }

  @Override
  void deleteByDigest(String reference) {
    regctl.run("manifest", "delete", "--force-tag-dereference", reference);
  }
}
