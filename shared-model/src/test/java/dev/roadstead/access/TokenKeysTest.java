package dev.roadstead.access;

import static dev.roadstead.access.TestAccounts.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.document.TokenClaims.Use;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.Scope;
import dev.roadstead.route.EdgeKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no token, whatever it looks like. */
class TokenKeysTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final EdgeKeys EDGE = new EdgeKeys(List.of(key(9)));

  private final TokenKeys keys = at(NOW, 1);

  private static TokenKeys at(Instant now, int... fillings) {
    var bytes = Arrays.stream(fillings).mapToObj(TestAccounts::key).toList();
    return new TokenKeys(bytes, EDGE, () -> now);
  }

  private static TokenClaims claims(Use use, String audience) {
    long now = NOW.getEpochSecond();
    return new TokenClaims(
        use,
        "alice",
        audience,
        now,
        now + 300,
        "id",
        List.of(new Scope("repository", "app", Set.of("pull"))),
        List.of("alice allow reader app * -"),
        "");
  }

  private static String token(TokenKeys signer) {
    return signer.sign(claims(Use.ACCESS, "roadstead"));
  }

  @Test
  void aTokenSaysWhatWasSigned() {
    assertThat(keys.verify(token(keys), Use.ACCESS)).contains(claims(Use.ACCESS, "roadstead"));
  }

  @Test
  void expires() {
    assertThat(at(NOW.plusSeconds(300), 1).verify(token(keys), Use.ACCESS)).isPresent();
    assertThat(at(NOW.plusSeconds(301), 1).verify(token(keys), Use.ACCESS)).isEmpty();
  }

  @Test
  void isNotGoodBeforeItsTimeButForAMinuteOfDifferentClocks() {
    assertThat(at(NOW.minusSeconds(60), 1).verify(token(keys), Use.ACCESS)).isPresent();
    assertThat(at(NOW.minusSeconds(61), 1).verify(token(keys), Use.ACCESS)).isEmpty();
  }

  @Test
  void outlivesItsKeyWhileThatOneIsThePreviousOne() {
    assertThat(at(NOW, 2, 1).verify(token(keys), Use.ACCESS)).isPresent();
    assertThat(at(NOW, 3, 2).verify(token(keys), Use.ACCESS)).isEmpty();
  }

  @Test
  void isForOneServiceAndOneUse() {
    assertThat(keys.verify(keys.sign(claims(Use.ACCESS, "other")), Use.ACCESS)).isEmpty();
    assertThat(keys.verify(keys.sign(claims(Use.REFRESH, "roadstead")), Use.ACCESS)).isEmpty();
    assertThat(keys.verify(token(keys), Use.REFRESH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
        "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
        "{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\",\"jwk\":{}}",
        "{}"
      })
  void takesNoOtherHeaderEvenUnderTheRightKey(String header) {
    var parts = token(keys).split("\\.", -1);
    var kid =
        new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)
            .replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
    var signed = encoded(header.formatted(kid).getBytes(StandardCharsets.UTF_8)) + "." + parts[1];
    var code = Hmac.sha256(key(1), signed.getBytes(StandardCharsets.UTF_8));

    assertThat(keys.verify(signed + "." + encoded(code), Use.ACCESS)).isEmpty();
    assertThat(keys.verify(signed + ".", Use.ACCESS)).isEmpty();
  }

  @Test
  void takesNoClaimsThatWereChanged() {
    var parts = token(keys).split("\\.", -1);
    var claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("pull", "push");
    var forged = encoded(claims.getBytes(StandardCharsets.UTF_8));

    assertThat(keys.verify(parts[0] + "." + forged + "." + parts[2], Use.ACCESS)).isEmpty();
    assertThat(EDGE.sealed(claims.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "a.b", "é.é.é", "=.=.=", "{}.{}.{}"})
  void takesNothingMalformed(String text) {
    assertThat(keys.verify(text, Use.ACCESS)).isEmpty();
  }

  @Test
  void takesNothingHuge() {
    assertThat(keys.verify("a".repeat(1 << 20), Use.ACCESS)).isEmpty();
    assertThat(keys.verify(token(keys) + "a".repeat(1 << 20), Use.ACCESS)).isEmpty();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
