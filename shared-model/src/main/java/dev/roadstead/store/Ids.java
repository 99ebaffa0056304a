package dev.roadstead.store;

import java.util.UUID;

/** Makes identities that were never used before; random in production, counted in tests. */
@FunctionalInterface
public interface Ids {
  /** A new identity. */
  UUID next();
}
