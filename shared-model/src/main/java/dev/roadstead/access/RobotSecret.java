package dev.roadstead.access;

import dev.roadstead.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The secret of a robot: 256 random bits. Nobody can guess it, so that a fast hash keeps it safe
 * where Argon2 would only cost time at every build.
 */
final class RobotSecret {
  private static final int BYTES = 32;
  private static final String PREFIX = "rdst_";

  private RobotSecret() {}

  /**
   * A new one; begins with the same letters always, so that scanners for leaked secrets know it.
   */
  static String make(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is kept of it, for this robot alone. */
  static String hash(String robot, String secret) {
    return Digest.sha256((robot + "\n" + secret).getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Whether this is the secret of which the hash was kept. */
  static boolean matches(String robot, String secret, String kept) {
    return MessageDigest.isEqual(
        hash(robot, secret).getBytes(StandardCharsets.US_ASCII),
        kept.getBytes(StandardCharsets.US_ASCII));
  }
}
