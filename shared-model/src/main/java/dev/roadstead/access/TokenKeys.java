package dev.roadstead.access;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.hash.Hmac;
import dev.roadstead.model.Digest;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeKeys;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs and checks tokens (RFC 7515, HS256). The header is compared as text with the only one that
 * each key writes, so that no other algorithm, not {@code none} either, is ever looked at.
 */
public final class TokenKeys {
  private final Supplier<List<Key>> keys;
  private final EdgeKeys edge;
  private final InstantSource clock;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Key(byte[] bytes, String header) {
    static Key of(byte[] bytes) {
      if (bytes.length != Hmac.BYTES) {
        throw new IllegalArgumentException("token keys have 32 bytes");
      }
      var id = Digest.sha256(bytes).hex().substring(0, 8);
      return new Key(
          bytes.clone(),
          encoded(utf8("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + id + "\"}")));
    }
  }

  /**
   * Keys of {@value Hmac#BYTES} bytes: the first one signs, all of them are believed, so that keys
   * can be exchanged while tokens are in use.
   */
  public TokenKeys(List<byte[]> keys, EdgeKeys edge, InstantSource clock) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there is at least one token key");
    }
    var known = keys.stream().map(Key::of).toList();
    this.keys = () -> known;
    this.edge = edge;
    this.clock = clock;
  }

  /** Keys that are asked for whenever they are needed, because they are exchanged meanwhile. */
  public TokenKeys(Supplier<List<byte[]>> keys, EdgeKeys edge, InstantSource clock) {
    this.keys = () -> keys.get().stream().map(Key::of).toList();
    this.edge = edge;
    this.clock = clock;
  }

  /** The token that says this. */
  public String sign(TokenClaims claims) {
    var key = keys.get().getFirst();
    var signed = key.header() + "." + encoded(edge.seal(claims.toJson()));
    return signed + "." + encoded(Hmac.sha256(key.bytes(), utf8(signed)));
  }

  /** What a token says, if it was signed here, is for this, and holds now. */
  public Optional<TokenClaims> verify(String token, TokenClaims.Use use) {
    if (token.length() > EdgeGate.MAX_TOKEN_LENGTH) {
      return Optional.empty();
    }
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var signed = utf8(parts[0] + "." + parts[1]);
      var code = Base64.getUrlDecoder().decode(parts[2]);
      return keys.get().stream()
          .filter(key -> key.header().equals(parts[0]))
          .filter(key -> Hmac.isRight(key.bytes(), signed, code))
          .findFirst()
          .flatMap(key -> TokenClaims.read(Base64.getUrlDecoder().decode(parts[1])))
          .filter(claims -> claims.use() == use)
          .filter(claims -> claims.audience().equals(EdgeGate.SERVICE))
          .filter(
              claims ->
                  claims.holdsAt(clock.instant().getEpochSecond(), EdgeGate.PATIENCE_SECONDS));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
