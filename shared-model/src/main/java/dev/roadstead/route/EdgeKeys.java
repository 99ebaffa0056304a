package dev.roadstead.route;

import dev.roadstead.hash.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The second code in a token, which the edge checks: the edge never has the key that tokens are
 * signed with, so what it holds is good for reading and routing alone. The code is the last
 * property of the claims, over all bytes before it.
 */
public final class EdgeKeys {
  private static final String BEFORE = ",\"edge\":\"";
  private static final String AFTER = "\"}";

  private final List<byte[]> keys;

  /** Keys of {@value Hmac#BYTES} bytes: the first one seals, all of them are believed. */
  public EdgeKeys(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != Hmac.BYTES)) {
      throw new IllegalArgumentException("edge keys have 32 bytes, and there is at least one");
    }
    this.keys = keys.stream().map(byte[]::clone).toList();
  }

  /** The same JSON object, sealed. */
  public byte[] seal(byte[] claims) {
    var open = new String(claims, 0, claims.length - 1, StandardCharsets.UTF_8);
    return (open + BEFORE + code(keys.getFirst(), open) + AFTER).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether this was sealed here. */
  public boolean sealed(byte[] claims) {
    var text = new String(claims, StandardCharsets.UTF_8);
    int seal = text.lastIndexOf(BEFORE);
    if (seal < 0 || !text.endsWith(AFTER)) {
      return false;
    }
    var open = text.substring(0, seal);
    try {
      var code =
          Base64.getUrlDecoder()
              .decode(text.substring(seal + BEFORE.length(), text.length() - AFTER.length()));
      var bytes = open.getBytes(StandardCharsets.UTF_8);
      return keys.stream().anyMatch(key -> Hmac.isRight(key, bytes, code));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String code(byte[] key, String open) {
    var code = Hmac.sha256(key, open.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
  }
}
