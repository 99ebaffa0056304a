package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAlgorithmTest {
  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(HashAlgorithm algorithm) {
    assertThat(HashAlgorithm.named(algorithm.label())).contains(algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SHA256", "sha-256", "sha256:", "sha384", "blake3"})
  void isNotFoundByAnotherText(String label) {
    assertThat(HashAlgorithm.named(label)).isEmpty();
  }

  @Test
  void saysTheLabelAndLengthOfItsDigests() {
    assertThat(HashAlgorithm.SHA256.label()).isEqualTo("sha256");
    assertThat(HashAlgorithm.SHA256.hexLength()).isEqualTo(64);
    assertThat(HashAlgorithm.SHA512.label()).isEqualTo("sha512");
    assertThat(HashAlgorithm.SHA512.hexLength()).isEqualTo(128);
  }
}
