package dev.roadstead.access;

import dev.roadstead.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes people's passwords with Argon2id (RFC 9106), 19 MiB and two passes, as OWASP recommends
 * where memory is short. A hash is written as {@code argon2id$memory$passes$salt$hash}. Few run at
 * once: a flood of logins must not take the memory of the registry.
 */
public final class Passwords {
  /** The shortest password. */
  public static final int MIN_LENGTH = 8;

  /** The longest one; hashing takes time with the length. */
  public static final int MAX_LENGTH = 256;

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int MADE_BYTES = 15;
  private static final int MAX_AT_ONCE = 2;
  private static final int MAX_WAITING = 32;
  private static final int MAX_WAIT_SECONDS = 10;

  private final RandomGenerator random;
  private final Semaphore turns = new Semaphore(MAX_AT_ONCE, true);

  /** Takes salts from here. */
  public Passwords(RandomGenerator random) {
    this.random = random;
  }

  /** A password that nobody can guess, in 20 characters. */
  public String make() {
    var bytes = new byte[MADE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** What is kept of a password; {@code REQUEST_INVALID} for one that is too short or too long. */
  public String hash(String password) {
    if (password.length() < MIN_LENGTH || password.length() > MAX_LENGTH) {
      throw ErrorCode.REQUEST_INVALID.about(
          "a password has " + MIN_LENGTH + " to " + MAX_LENGTH + " characters");
    }
    var salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return String.join(
        "$",
        "argon2id",
        String.valueOf(MEMORY_KIB),
        String.valueOf(PASSES),
        Base64.getEncoder().encodeToString(salt),
        Base64.getEncoder().encodeToString(inTurn(password, salt, MEMORY_KIB, PASSES)));
  }

  /** Whether this is the password of which the hash was kept. */
  public boolean matches(String password, String kept) {
    var parts = kept.split("\\$", -1);
    if (parts.length != 5 || password.length() > MAX_LENGTH) {
      return false;
    }
    var hash =
        inTurn(
            password,
            Base64.getDecoder().decode(parts[3]),
            Integer.parseInt(parts[1]),
            Integer.parseInt(parts[2]));
    return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[4]));
  }

  /** As long as it takes for a password that exists, so that names cannot be found out. */
  public void pretend(String password) {
    if (password.length() <= MAX_LENGTH) {
      inTurn(password, new byte[SALT_BYTES], MEMORY_KIB, PASSES);
    }
  }

  private byte[] inTurn(String password, byte[] salt, int memoryKib, int passes) {
    try {
      if (turns.getQueueLength() >= MAX_WAITING
          || !turns.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw ErrorCode.TOO_MANY_REQUESTS
            .about("too many logins at once; try again")
            .with("Retry-After", "2");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.raise();
    }
    try {
      return argon2id(password, salt, memoryKib, passes);
    } finally {
      turns.release();
    }
  }

  private static byte[] argon2id(String password, byte[] salt, int memoryKib, int passes) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    var hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
