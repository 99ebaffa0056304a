package dev.roadstead.localstack.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The package of the functions, where the build has put it. */
final class PackageUnderTest {
  static final Path TARGET = Path.of("../functions/lambda/target");

  private PackageUnderTest() {}

  /** The package; a test is skipped when there is none. */
  static FunctionPackage open() throws IOException {
    assumeTrue(
        Files.exists(TARGET.resolve("functions/function.env")),
        "the functions are not packaged; run mvn package in functions/lambda");
    return FunctionPackage.in(TARGET);
  }
}
