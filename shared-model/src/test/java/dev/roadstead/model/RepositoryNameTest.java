package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class RepositoryNameTest {
  /** The distribution spec's own pattern. */
  private static final String SPEC =
      "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

  @Test
  void isWhatTheSpecSays() {
    for (var text :
        List.of(
            "a", "0", "a/b/c", "a.b", "a_b", "a__b", "a---b", "a/b.c_d__e-f", "a".repeat(255))) {
      assertThat(new RepositoryName(text)).hasToString(text);
    }
  }

  @Test
  void nothingElseIsOne() {
    for (var text :
        List.of(
            "",
            "/",
            "a/",
            "/a",
            "a//b",
            "A",
            "a..b",
            "a___b",
            "a._b",
            ".a",
            "a.",
            "-a",
            "a-",
            "_a",
            "../a",
            "a/../b",
            "a/./b",
            "a b",
            "a%2fb",
            "a\\b",
            "a\n",
            "\u00e4",
            "a#b",
            "a@b",
            "a".repeat(256))) {
      assertThatThrownBy(() -> new RepositoryName(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("repository name");
    }
  }

  @Property
  void agreesWithTheSpecsPattern(
      @ForAll @StringLength(max = 12) @Chars({'a', '0', '.', '_', '-', '/', 'A'}) String text) {
    assertThat(isName(text)).isEqualTo(text.matches(SPEC));
  }

  /**
   * The spec's pattern takes time without bound on some of these; this one looks at each character
   * once. A million characters would not end in a lifetime if it backtracked.
   */
  @Property(tries = 50)
  void refusesHostileNamesInLinearTime(
      @ForAll @StringLength(min = 1, max = 6) @CharRange(from = '-', to = '0') String pattern) {
    var hostile = ("a" + pattern).repeat(250_000);
    assertThat(hostile.length()).isGreaterThanOrEqualTo(500_000);
    assertThat(isName(hostile + "!")).isFalse();
    assertThat(isName(("a" + pattern).repeat(30) + "!")).isFalse();
  }

  private static boolean isName(String text) {
    try {
      return new RepositoryName(text).text().equals(text);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }
}
