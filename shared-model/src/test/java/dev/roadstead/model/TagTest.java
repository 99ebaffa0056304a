package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TagTest {
  @Test
  void isWhatTheSpecSays() {
    for (var text : List.of("latest", "1", "_", "V1.0-rc.1", "_._-", "a".repeat(128))) {
      assertThat(new Tag(text)).hasToString(text);
    }
  }

  @Test
  void nothingElseIsOne() {
    for (var text :
        List.of(
            "", ".", "-", ".a", "-a", "a b", "a/b", "a:b", "a@b", "ä", "a\n", "a".repeat(129))) {
      assertThatThrownBy(() -> new Tag(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tag");
    }
  }

  @Test
  void aReferenceWithAColonIsADigest() {
    var digest = "sha256:" + "0".repeat(64);
    assertThat(Reference.parse(digest)).isEqualTo(Digest.parse(digest));
    assertThat(Reference.parse("sha256-" + "0".repeat(64))).isInstanceOf(Tag.class);
    assertThatThrownBy(() -> Reference.parse("latest:1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
