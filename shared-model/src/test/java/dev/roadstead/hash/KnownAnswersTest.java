package dev.roadstead.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published samples of FIPS 180 (one block, two blocks, empty, a million times "a"). */
class KnownAnswersTest {
  private static final String BITS_448 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
  private static final String BITS_896 =
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
  private static final String MILLION = "a".repeat(1_000_000);

  @ParameterizedTest
  @MethodSource("samples")
  void bothEnginesGiveThePublishedDigest(HashAlgorithm algorithm, String message, String hex) {
    byte[] bytes = message.getBytes(US_ASCII);
    for (EngineKind kind : EngineKind.values()) {
      ResumableHash hash = ResumableHash.on(kind, SavedState.initial(algorithm));
      assertThat(hash.update(bytes, 0, bytes.length).hex())
          .as("%s on %s", algorithm, kind)
          .isEqualTo(hex);
    }
  }

  static Stream<Arguments> samples() {
    return Stream.concat(
        samples(
            HashAlgorithm.SHA256,
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        samples(
            HashAlgorithm.SHA512,
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
                + "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445",
            "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
                + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
                + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b"));
  }

  private static Stream<Arguments> samples(HashAlgorithm algorithm, String... digests) {
    var messages = Arrays.asList("", "abc", BITS_448, BITS_896, MILLION).iterator();
    return Arrays.stream(digests).map(hex -> Arguments.of(algorithm, messages.next(), hex));
  }
}
