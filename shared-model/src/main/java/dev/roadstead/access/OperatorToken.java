package dev.roadstead.access;

import dev.roadstead.rule.Authenticator.Visitor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** Proof that somebody can read the data folder of a running registry. Made anew at each start. */
public final class OperatorToken {
  private static final int RANDOM_BYTES = 32;
  private static final String BEARER = "Bearer ";

  private final String text;

  private OperatorToken(String text) {
    this.text = text;
  }

  /** A token that nobody can guess. */
  public static OperatorToken make(SecureRandom random) {
    var bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new OperatorToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** The secret itself, for the file that only the folder's owner can read. */
  public String secret() {
    return text;
  }

  /** Whether the visitor has it; takes the same time for every wrong one of its length. */
  public boolean isShownBy(Visitor visitor) {
    return visitor
        .authorization()
        .filter(shown -> shown.startsWith(BEARER))
        .filter(shown -> MessageDigest.isEqual(utf8(shown.substring(BEARER.length())), utf8(text)))
        .isPresent();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Nothing of the secret. */
  @Override
  public String toString() {
    return "OperatorToken";
  }
}
