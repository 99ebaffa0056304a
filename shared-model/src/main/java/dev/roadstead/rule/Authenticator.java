package dev.roadstead.rule;

import dev.roadstead.error.RegistryException;
import java.util.Optional;

/** Finds out who asks. Functions and the relay each ask it themselves, whatever the edge thinks. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Whoever shows this.
   *
   * @throws RegistryException {@code UNAUTHORIZED} for credentials that are none, or not any more
   */
  Access authenticate(Visitor visitor);

  /**
   * What a request shows of who sends it.
   *
   * @param authorization the header of that name
   * @param network the address it comes from, as numbers; empty where it cannot be told
   */
  record Visitor(Optional<String> authorization, String network) {
    /** Leaves the credentials out. */
    @Override
    public String toString() {
      return "Visitor[network=" + network + "]";
    }
  }
}
