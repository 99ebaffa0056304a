package dev.roadstead.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavedStateTest {
  private static final int COUNT_AT = 2;

  /** The words are those FIPS 180-4 prints, so states kept by an older release stay readable. */
  @Test
  void holdsVersionAlgorithmCountWordsAndTheUnfinishedBlock() {
    assertThat(saved(HashAlgorithm.SHA256, "abc"))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "01"
                        + "01"
                        + "0000000000000003"
                        + "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19"
                        + "616263"));
    assertThat(saved(HashAlgorithm.SHA512, "abc"))
        .isEqualTo(
            HexFormat.of()
                .parseHex(
                    "01"
                        + "02"
                        + "0000000000000003"
                        + "6a09e667f3bcc908bb67ae8584caa73b3c6ef372fe94f82ba54ff53a5f1d36f1"
                        + "510e527fade682d19b05688c2b3e6c1f1f83d9abfb41bd6b5be0cd19137e2179"
                        + "616263"));
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatItWrote(HashAlgorithm algorithm) {
    byte[] bytes = saved(algorithm, "x".repeat(1000));
    assertThat(SavedState.parse(bytes).toBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryOtherLength(HashAlgorithm algorithm) {
    byte[] bytes = saved(algorithm, "x".repeat(1000));
    for (int length = 0; length < bytes.length + 300; length++) {
      if (length != bytes.length) {
        refuses(Arrays.copyOf(bytes, length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 2, 127, -1})
  void refusesAnUnknownVersion(byte version) {
    byte[] bytes = saved(HashAlgorithm.SHA256, "abc");
    bytes[0] = version;
    refuses(bytes);
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 2, 3, -1})
  void refusesAnotherOrUnknownAlgorithm(byte code) {
    byte[] bytes = saved(HashAlgorithm.SHA256, "abc");
    bytes[1] = code;
    refuses(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 4, 0, -1, -61, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 61) + 3})
  void refusesACountThatIsImpossibleOrDoesNotFitTheUnfinishedBlock(long countBytes) {
    byte[] bytes = saved(HashAlgorithm.SHA256, "abc");
    ByteBuffer.wrap(bytes).putLong(COUNT_AT, countBytes);
    refuses(bytes);
  }

  private static byte[] saved(HashAlgorithm algorithm, String message) {
    return ResumableHash.start(algorithm)
        .update(ByteBuffer.wrap(message.getBytes(US_ASCII)))
        .save();
  }

  private static void refuses(byte[] bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResumableHash.resume(bytes))
        .withMessageStartingWith("hash state ");
  }
}
