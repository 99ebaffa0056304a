package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** Tests of requirements of the specification: each one says which it is. */
abstract class SpecTest extends RegistryTest {
  @BeforeEach
  void saysWhatItIsFor(TestInfo test) {
    assertThat(test.getTestMethod().orElseThrow().isAnnotationPresent(Requirement.class))
        .as("%s has a @Requirement", test.getDisplayName())
        .isTrue();
  }
}
