package dev.roadstead.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @Property(tries = 20_000)
  void matchesAsTheObviousRecursionDoes(
      @ForAll("globs") String glob, @ForAll("names") String name) {
    assertThat(new Glob(glob).matches(name)).isEqualTo(obvious(glob, name));
  }

  private static boolean obvious(String glob, String name) {
    if (glob.isEmpty()) {
      return name.isEmpty();
    }
    return glob.charAt(0) == '*'
        ? obvious(glob.substring(1), name) || (!name.isEmpty() && obvious(glob, name.substring(1)))
        : !name.isEmpty()
            && name.charAt(0) == glob.charAt(0)
            && obvious(glob.substring(1), name.substring(1));
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab/*").ofMinLength(1).ofMaxLength(7);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withChars("ab/").ofMaxLength(9);
  }

  @Test
  void noPatternTakesLong() {
    var bomb = new Glob("*a".repeat(127));
    var name = "a".repeat(126) + "b".repeat(100_000);

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(bomb.matches(name)).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\n", "[a]", "a?", "ä", "a\u0000"})
  void refusesWhatIsNoPattern(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Glob(text));
    assertThatIllegalArgumentException().isThrownBy(() -> new Glob("a".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Alice", "alіce", "a b", "", "-a", "a-", "a:b", "<token>", "ａlice"})
  void noNameLooksLikeAnother(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new AccountName(name));
  }

  @Test
  void networksHaveTheirAddressesAndNoOthers() {
    assertThat(new Network("10.0.0.0/8").has("10.255.0.1")).isTrue();
    assertThat(new Network("10.0.0.0/8").has("11.0.0.1")).isFalse();
    assertThat(new Network("2001:db8::/32").has("2001:db8:1::1")).isTrue();
    assertThat(new Network("2001:db8::/32").has("10.0.0.1")).isFalse();
    assertThat(new Network("127.0.0.1").has("localhost")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Network("10.0.0.0/33"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Network("example.com/8"));
  }
}
