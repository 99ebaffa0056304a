package dev.roadstead.hash;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104). */
public final class Hmac {
  /** How long a key is, and a code, in bytes. */
  public static final int BYTES = 32;

  private Hmac() {}

  /** The code of these bytes. */
  public static byte[] sha256(byte[] key, byte[] bytes) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", missing);
    }
  }

  /** Whether this is their code; takes the same time for every wrong one. */
  public static boolean isRight(byte[] key, byte[] bytes, byte[] code) {
    return MessageDigest.isEqual(sha256(key, bytes), code);
  }
}
