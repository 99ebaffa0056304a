package dev.roadstead.infra.edge;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.document.TokenClaims.Use;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.Scope;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeKeys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What requests show: tokens that are nearly right, passwords, nothing, and nonsense. */
final class RandomTokens {
  private static final List<byte[]> KEYS = List.of(key(4), key(5));

  /** The second key has sealed tokens before it was exchanged. */
  static final EdgeKeys EDGE_KEYS = new EdgeKeys(KEYS);

  /** The same as the edge's store has them. */
  static final String EDGE_KEY_TEXT =
      String.join(",", KEYS.stream().map(HexFormat.of()::formatHex).toList());

  private static final EdgeKeys OLD_KEYS = new EdgeKeys(List.of(key(5)));
  private static final EdgeKeys FOREIGN_KEYS = new EdgeKeys(List.of(key(6)));

  /** The quote before the code is the one behind it. */
  private static final String HALF_A_SEAL =
      "Bearer h." + base64("{,\"edge\":\"}".getBytes(StandardCharsets.UTF_8)) + ".s";

  private static final List<Set<String>> ACTIONS =
      List.of(Set.of("pull"), Set.of("pull", "push"), Set.of("delete"), Set.of("*"), Set.of());

  private final Random random;
  private final long now;

  RandomTokens(Random random, long now) {
    this.random = random;
    this.now = now;
  }

  /** What a request for this repository shows. */
  Optional<String> authorization(String repository) {
    return switch (random.nextInt(10)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(one(List.of("Basic eDp5", "basic", "BASIC x", "Negotiate x", "", " ")));
      case 2 ->
          Optional.of(
              one(List.of("Bearer", "Bearer a.b", "Bearer a.b.c", "bearer a.=.c", HALF_A_SEAL)));
      default -> Optional.of(one(List.of("Bearer ", "bearer  ", "BEARER ")) + token(repository));
    };
  }

  private String token(String repository) {
    var scopes =
        List.of(
            new Scope(Scope.REPOSITORY, random.nextInt(6) == 0 ? "other" : repository, actions()),
            new Scope("registry", "catalog", actions()),
            new Scope("constructor", repository, actions()));
    var claims =
        new TokenClaims(
            random.nextInt(8) == 0 ? Use.REFRESH : Use.ACCESS,
            "somebody \"\u00e4\u2028",
            random.nextInt(8) == 0 ? "another" : EdgeGate.SERVICE,
            now + one(List.of(0L, -600L, EdgeGate.PATIENCE_SECONDS, EdgeGate.PATIENCE_SECONDS + 1)),
            now + one(List.of(600L, 600L, 0L, -1L)),
            "id",
            scopes,
            List.of("somebody allow admin * * -"),
            "");
    var keys = one(List.of(EDGE_KEYS, EDGE_KEYS, EDGE_KEYS, OLD_KEYS, FOREIGN_KEYS));
    var sealed = keys.seal(claims.toJson());
    if (random.nextInt(8) == 0) {
      sealed[random.nextInt(sealed.length)] ^= 1;
    }
    return "h." + spoilt(base64(sealed)) + ".s";
  }

  private Set<String> actions() {
    return one(ACTIONS);
  }

  private String spoilt(String text) {
    return random.nextInt(10) == 0
        ? text.substring(random.nextInt(3)) + one(List.of("", "=", "==", "A", "+", ".", "%"))
        : text;
  }

  private static String base64(byte[] bytes) {
    return new String(
        Base64.getUrlEncoder().withoutPadding().encode(bytes), StandardCharsets.UTF_8);
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] key(int fill) {
    var key = new byte[Hmac.BYTES];
    Arrays.fill(key, (byte) fill);
    return key;
  }
}
