package dev.roadstead.localstack.spec;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests that share one registry, each with a repository of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class RegistryTest {
  TestRegistry registry;
  Repository repository;

  @BeforeAll
  void startRegistry(@TempDir Path data) throws IOException {
    registry = start(data);
  }

  /** The registry as it comes, unless a class wants it otherwise. */
  TestRegistry start(Path data) throws IOException {
    return TestRegistry.start(data);
  }

  @BeforeEach
  void chooseRepository() {
    repository = registry.freshRepository();
  }

  @AfterAll
  void stopRegistry() {
    registry.close();
  }
}
