package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.hash.HashAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final String SHA256_OF_ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isWrittenAsAlgorithmAndHex() {
    var digest = Digest.sha256("abc".getBytes(StandardCharsets.UTF_8));
    assertThat(digest).hasToString(SHA256_OF_ABC);
    assertThat(Digest.parse(SHA256_OF_ABC)).isEqualTo(digest);
  }

  @Property
  void isReadAsItIsWritten(@ForAll byte[] bytes, @ForAll HashAlgorithm algorithm) {
    var digest = Digest.of(algorithm, bytes);
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    assertThat(digest.hex()).hasSize(algorithm.hexLength());
  }

  @Test
  void nothingElseIsOne() {
    for (var wrong :
        List.of(
            "",
            ":",
            "sha256",
            "sha256:",
            ":" + SHA256_OF_ABC.substring(7),
            SHA256_OF_ABC.substring(0, 70),
            SHA256_OF_ABC + "0",
            SHA256_OF_ABC.replace('b', 'B'),
            SHA256_OF_ABC.replace('b', 'g'),
            SHA256_OF_ABC.replace("sha256", "SHA256"),
            SHA256_OF_ABC.replace("sha256", "sha512"),
            SHA256_OF_ABC.replace("sha256", "md5"),
            SHA256_OF_ABC.replace(":", "::"),
            " " + SHA256_OF_ABC,
            SHA256_OF_ABC + "\n",
            SHA256_OF_ABC.replace('0', '\u0660'))) {
      assertThatThrownBy(() -> Digest.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("digest");
    }
  }

  @Property
  void noTextIsMoreThanRefused(@ForAll String text) {
    try {
      assertThat(Digest.parse(text)).hasToString(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("digest");
    }
  }
}
