package dev.roadstead.route;

import dev.roadstead.hash.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * The second code in a token, which the edge checks: the edge never has the key that tokens are
 * signed with, so what it holds is good for reading and routing alone. The code is the last
 * property of the claims, over all bytes before it.
 */
public final class EdgeKeys {
  private static final String BEFORE = ",\"edge\":\"";
  private static final String AFTER = "\"}";

  private final Supplier<List<byte[]>> keys;

  /** Keys of {@value Hmac#BYTES} bytes: the first one seals, all of them are believed. */
  public EdgeKeys(List<byte[]> keys) {
    if (keys.isEmpty() || keys.stream().anyMatch(key -> key.length != Hmac.BYTES)) {
      throw new IllegalArgumentException("edge keys have 32 bytes, and there is at least one");
    }
    var copies = keys.stream().map(byte[]::clone).toList();
    this.keys = () -> copies;
  }

  /** Keys that are asked for whenever they are needed, because they are exchanged meanwhile. */
  public EdgeKeys(Supplier<List<byte[]>> keys) {
    this.keys = keys;
  }

  /** The same JSON object, sealed. */
  public byte[] seal(byte[] claims) {
    var open = new String(claims, 0, claims.length - 1, StandardCharsets.UTF_8);
    return (open + BEFORE + code(keys.get().getFirst(), open) + AFTER)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether this was sealed here. */
  public boolean sealed(byte[] claims) {
    var text = new String(claims, StandardCharsets.UTF_8);
    int seal = text.lastIndexOf(BEFORE);
    int from = seal + BEFORE.length();
    int to = text.length() - AFTER.length();
    if (seal < 0 || to < from || !text.endsWith(AFTER)) {
      return false;
    }
    var open = text.substring(0, seal);
    var code = utf8(text.substring(from, to));
    return keys.get().stream().anyMatch(key -> MessageDigest.isEqual(utf8(code(key, open)), code));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String code(byte[] key, String open) {
    var code = Hmac.sha256(key, open.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
  }
}
