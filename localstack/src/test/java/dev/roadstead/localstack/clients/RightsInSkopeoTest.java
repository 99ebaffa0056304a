package dev.roadstead.localstack.clients;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@RealClient(programs = "skopeo")
class RightsInSkopeoTest extends RightsOfDeletionContract {
  private Command skopeo;

  @BeforeAll
  void keepSkopeoInOneFolder(@TempDir Path home) {
    skopeo =
        Tools.command("skopeo", home)
            .with("REGISTRY_AUTH_FILE", home.resolve("auth.json"))
            .and("--insecure-policy");
  }

  @Override
  void login(String authority, String user, String password) {
    skopeo.run(
        "login", "--tls-verify=false", "--username", user, "--password", password, authority);
  }

  @Override
  void logout(String authority) {
    skopeo.run("logout", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    skopeo.run(
        "copy", "--dest-tls-verify=false", "oci:" + pushed.layout(), "docker://" + reference);
  }

  @Override
  void pull(String reference, Path target) {
    skopeo.run("copy", "--src-tls-verify=false", "docker://" + reference, "oci:" + target);
  }

  @Override
  void deleteByDigest(String reference) {
    skopeo.run("delete", "--tls-verify=false", "docker://" + reference);
  }
}
