package dev.roadstead.localstack.clients;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tests of the pause image begin with: the command that builds it and pushes it. */
abstract class PauseContract {
  @RegisterExtension static final RegistryUnderTest REGISTRY = new RegistryUnderTest();

  /** Whom the image runs as. */
  static final String NOBODY = "65535";

  static final String VERSION_LINE = "pause v3.10.2";
  static final String TERMINATED_LINE = "Shutting down, got signal: Terminated";

  private static final String REPOSITORY = "k8s/pause";

  private static String printed = "";

  @BeforeAll
  static void pushThePauseImage() {
    printed = RegistryProcess.launcher().run("pause", "build", "--push", image());
  }

  /** The digest of a platform's manifest, as the build printed it. */
  static String manifest(String platform) {
    return printed
        .lines()
        .filter(line -> line.startsWith(platform + " "))
        .map(line -> line.substring(line.indexOf("sha256:")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(platform + " was not built:\n" + printed));
  }

  static String image() {
    return REGISTRY.authority() + "/" + REPOSITORY + ":3.10.2";
  }

  /** As the image's index names them, {@code linux/arm/v7} for example. */
  static List<String> platforms() {
    return List.of(
        "linux/amd64",
        "linux/arm64",
        "linux/arm/v7",
        "linux/ppc64le",
        "linux/s390x",
        "linux/riscv64",
        "linux/loong64");
  }
}
