package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Bad input gets a clear error in the spec's JSON, and nothing of it stays. */
abstract class BadInputTest extends RegistryTest {
  private List<String> repositoriesBefore = List.of();
  private Map<String, Long> filesBefore = Map.of();

  @BeforeEach
  void lookWhatIsStored() {
    repositoriesBefore = registry.catalog();
    filesBefore = registry.contentFiles();
  }

  /**
   * No repository, no tag and no file more than before. A test that stores something on purpose, to
   * see that it stays, says so with {@link #keepsWhatIsStored}.
   */
  @AfterEach
  void storedNothing() {
    assertThat(registry.catalog()).isEqualTo(repositoriesBefore);
    assertThat(registry.contentFiles()).isEqualTo(filesBefore);
  }

  /** What a test has stored by now is to stay, and nothing is to come to it. */
  void keepsWhatIsStored() {
    lookWhatIsStored();
  }
}
