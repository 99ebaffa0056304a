package dev.roadstead.localstack;

import dev.roadstead.access.Passwords;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * The password of the first administrator: the operator's, or one made up and shown once.
 *
 * @param announcement what the operator is told; empty when it is theirs
 */
record FirstPassword(String text, Optional<String> announcement) {
  private static final String VARIABLE = "ROADSTEAD_ADMIN_PASSWORD";

  /** Chooses. */
  static FirstPassword choose(Map<String, String> environment, SecureRandom random) {
    var given = environment.getOrDefault(VARIABLE, "");
    if (!given.isEmpty()) {
      return new FirstPassword(given, Optional.empty());
    }
    var made = new Passwords(random).make();
    return new FirstPassword(
        made, Optional.of("the administrator is admin, password " + made + " (shown this once)"));
  }

  /** Nothing of the password. */
  @Override
  public String toString() {
    return "FirstPassword";
  }
}
