package dev.roadstead.hash;

import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * The constants of SHA-512, computed from their definition: the first 64 fractional bits of the
 * roots of the first primes (FIPS 180-4, sections 4.2 and 5.3). Those of SHA-256 are their upper
 * halves.
 */
final class Sha2Constants {
  static final int ROUNDS = 80;

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private static final int[] PRIMES =
      IntStream.iterate(2, n -> n + 1)
          .filter(n -> IntStream.rangeClosed(2, n / 2).allMatch(divisor -> n % divisor != 0))
          .limit(ROUNDS)
          .toArray();
  private static final long[] ROUND =
      IntStream.of(PRIMES).mapToLong(Sha2Constants::cubeRootFraction).toArray();
  private static final long[] INITIAL =
      IntStream.of(PRIMES)
          .limit(HashAlgorithm.STATE_WORDS)
          .mapToLong(prime -> BigInteger.valueOf(prime).shiftLeft(128).sqrt().longValue())
          .toArray();

  private Sha2Constants() {}

  /** The constant of one round, 0 to 79. */
  static long round(int index) {
    return ROUND[index];
  }

  /** One word of the state before the first byte, 0 to 7. */
  static long initial(int index) {
    return INITIAL[index];
  }

  /** Integer Newton steps from above: they fall until they reach the rounded-down root. */
  private static long cubeRootFraction(int prime) {
    BigInteger cube = BigInteger.valueOf(prime).shiftLeft(3 * 64);
    BigInteger root = BigInteger.ONE.shiftLeft(3 + 64);
    while (true) {
      BigInteger next = root.shiftLeft(1).add(cube.divide(root.multiply(root))).divide(THREE);
      if (next.compareTo(root) >= 0) {
        return root.longValue();
      }
      root = next;
    }
  }
}
