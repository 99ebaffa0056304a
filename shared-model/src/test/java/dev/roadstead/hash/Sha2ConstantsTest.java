package dev.roadstead.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The first and last values that FIPS 180-4 prints; the known answers hold all of them. */
class Sha2ConstantsTest {
  @Test
  void areThoseOfTheStandard() {
    assertThat(Sha2Constants.round(0)).isEqualTo(0x428a2f98d728ae22L);
    assertThat(Sha2Constants.round(79)).isEqualTo(0x6c44198c4a475817L);
    assertThat(Sha2Constants.initial(0)).isEqualTo(0x6a09e667f3bcc908L);
    assertThat(Sha2Constants.initial(7)).isEqualTo(0x5be0cd19137e2179L);
  }
}
