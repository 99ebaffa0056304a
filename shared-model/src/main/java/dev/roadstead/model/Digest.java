package dev.roadstead.model;

import dev.roadstead.hash.HashAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of some bytes (image spec, "Digests"); only lower-case hex is one.
 *
 * @param algorithm how the bytes were hashed
 * @param hex the hash, exactly as many lower-case hex digits as the algorithm gives
 */
public record Digest(HashAlgorithm algorithm, String hex) implements Reference {

  /** Refuses a hex part of the wrong length or alphabet with {@link IllegalArgumentException}. */
  public Digest {
    if (hex.length() != algorithm.hexLength()) {
      throw new IllegalArgumentException(
          "a " + algorithm.label() + " digest has " + algorithm.hexLength() + " hex digits");
    }
    if (!hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
      throw new IllegalArgumentException("a digest is written in lower-case hex");
    }
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a digest is written algorithm:hex");
    }
    var algorithm =
        HashAlgorithm.named(text.substring(0, colon))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this registry knows the digest algorithms sha256 and sha512"));
    return new Digest(algorithm, text.substring(colon + 1));
  }

  /** Hashes bytes that are at hand, manifests for example. */
  public static Digest of(HashAlgorithm algorithm, byte[] bytes) {
    var jcaName = algorithm == HashAlgorithm.SHA256 ? "SHA-256" : "SHA-512";
    try {
      var hash = MessageDigest.getInstance(jcaName).digest(bytes);
      return new Digest(algorithm, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java runtime has " + jcaName, missing);
    }
  }

  /** The SHA-256 of bytes that are at hand. */
  public static Digest sha256(byte[] bytes) {
    return of(HashAlgorithm.SHA256, bytes);
  }

  /** {@code algorithm:hex}, as in URLs, headers and manifests. */
  @Override
  public String toString() {
    return algorithm.label() + ":" + hex;
  }
}
