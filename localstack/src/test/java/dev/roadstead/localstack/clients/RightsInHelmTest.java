package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** What others push as an image it pushes as a chart: the tag is the chart's version. */
@RealClient(programs = "helm")
@Tag("long")
class RightsInHelmTest extends RightsContract {
  private Command helm;
  private Path packed = Path.of("");
  private Path source = Path.of("");

  @BeforeAll
  void writeChart(@TempDir Path home) throws IOException {
    helm = Tools.command("helm", home);
    packed = home;
    source = Files.createDirectory(home.resolve("app"));
    Files.writeString(source.resolve("Chart.yaml"), "apiVersion: v2\nname: app\nversion: 0.0.0\n");
  }

  @Override
  void login(String authority, String user, String password) {
    helm.run(
        "registry", "login", authority, "--plain-http", "--username", user, "--password", password);
  }

  @Override
  void logout(String authority) {
    helm.run("registry", "logout", authority);
  }

  @Override
  void push(ImageTar pushed, String reference) {
    var version = version(reference);
    helm.run("package", source, "--version", version, "--destination", packed);
    var chart = packed.resolve("app-" + version + ".tgz");
    helm.run("push", chart, repository(reference).replaceFirst("/app$", ""), "--plain-http");
  }

  @Override
  void pull(String reference, Path target) {
    folder(target);
    helm.run(
        "pull",
        repository(reference),
        "--version",
        version(reference),
        "--plain-http",
        "--destination",
        target);
  }

  private static void folder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String repository(String reference) {
    return "oci://" + reference.substring(0, reference.lastIndexOf(':'));
  }

  private static String version(String reference) {
    return reference.substring(reference.lastIndexOf(':') + 1);
  }
}
