package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Finds the programs a test needs; skips a {@link RealClient} that lacks one, saying which. */
final class Tools implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), RealClient.class)
        .flatMap(Tools::obstacle)
        .map(reason -> skip(context, reason))
        .orElseGet(() -> ConditionEvaluationResult.enabled("every program is there"));
  }

  /** A program that keeps whatever it stores for itself in this folder, not in the user's. */
  static Command command(String program, Path home) {
    var path =
        search(program).orElseThrow(() -> new AssertionError("not in @RealClient: " + program));
    return new Command(path)
        .with("HOME", home)
        .with("TMPDIR", home)
        .with("XDG_CONFIG_HOME", home.resolve("config"))
        .with("XDG_DATA_HOME", home.resolve("data"))
        .with("XDG_RUNTIME_DIR", home)
        // Else podman and skopeo, as root, note in /var/lib which layer is in which repository.
        .with("_CONTAINERS_ROOTLESS_UID", 1);
  }

  /** The folder of this repository, from wherever inside it the tests were started. */
  static Path repository() {
    return Stream.iterate(
            Path.of("").toAbsolutePath(), folder -> folder != null, folder -> folder.getParent())
        .filter(folder -> Files.isExecutable(folder.resolve("localstack/tools/install")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("start the tests inside the repository"));
  }

  private static Optional<String> obstacle(RealClient client) {
    return Arrays.stream(client.programs())
        .filter(program -> search(program).isEmpty())
        .map(program -> program + " is not installed (localstack/tools/install says why)")
        .findFirst()
        .or(
            () ->
                client.root() && !isRoot()
                    ? Optional.of(client.programs()[0] + " needs root, and these tests run without")
                    : Optional.empty());
  }

  /** Said on standard error too: build tools print that a class was skipped, but not why. */
  private static ConditionEvaluationResult skip(ExtensionContext context, String reason) {
    System.err.println(context.getDisplayName() + " skipped: " + reason);
    return ConditionEvaluationResult.disabled("skipped: " + reason);
  }

  private static Optional<Path> search(String program) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1);
    return Stream.of(
            Stream.of(repository().resolve(".tools/bin")),
            Arrays.stream(path).filter(folder -> !folder.isEmpty()).map(Path::of),
            Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin").map(Path::of))
        .flatMap(folders -> folders)
        .map(folder -> folder.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
