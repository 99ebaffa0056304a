package dev.roadstead.lambda;

import dev.roadstead.store.Ids;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Chance for a process that may be one of many copies of a snapshot. All copies begin with the same
 * state of every generator, so each takes a new one, with a new seed from the system, when it is
 * restored.
 */
final class SnapshotRandom implements Ids, RandomGenerator {
  private static final long VERSION_BITS = 0xF000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_BITS = 0xC000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Supplier<SecureRandom> generators;
  private volatile SecureRandom random;

  /**
   * Takes chance from here.
   *
   * @param generators each one newly seeded
   */
  SnapshotRandom(Supplier<SecureRandom> generators) {
    this.generators = generators;
    this.random = generators.get();
  }

  /** Begins anew with a new generator. */
  void renew() {
    random = generators.get();
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  /** A UUID of version 4 (RFC 9562, section 5.4). */
  @Override
  public UUID next() {
    return new UUID(
        (nextLong() & ~VERSION_BITS) | VERSION_4, (nextLong() & ~VARIANT_BITS) | VARIANT);
  }
}
