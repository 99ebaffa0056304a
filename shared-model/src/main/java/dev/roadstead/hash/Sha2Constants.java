package dev.roadstead.hash;

import java.math.BigInteger;

/**
 * The constants of SHA-512, computed from their definition: the first 64 fractional bits of the
 * roots of the first primes (FIPS 180-4, sections 4.2 and 5.3). Those of SHA-256 are their upper
 * halves. Plain loops, because a fresh function waits for this.
 */
final class Sha2Constants {
  static final int ROUNDS = 80;

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private static final long[] ROUND = new long[ROUNDS];
  private static final long[] INITIAL = new long[HashAlgorithm.STATE_WORDS];

  static {
    int prime = 2;
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger number = BigInteger.valueOf(prime);
      ROUND[i] = cubeRoot(number.shiftLeft(3 * 64)).longValue();
      if (i < INITIAL.length) {
        INITIAL[i] = number.shiftLeft(2 * 64).sqrt().longValue();
      }
      prime = primeAfter(prime);
    }
  }

  private Sha2Constants() {}

  /** The constant of one round, 0 to 79. */
  static long round(int index) {
    return ROUND[index];
  }

  /** One word of the state before the first byte, 0 to 7. */
  static long initial(int index) {
    return INITIAL[index];
  }

  private static int primeAfter(int number) {
    int candidate = number + 1;
    while (!isPrime(candidate)) {
      candidate++;
    }
    return candidate;
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor < number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  /** Integer Newton steps from above: they fall until they reach the rounded-down root. */
  private static BigInteger cubeRoot(BigInteger cube) {
    BigInteger root = BigInteger.ONE.shiftLeft(cube.bitLength() / 3 + 1);
    while (true) {
      BigInteger next = root.shiftLeft(1).add(cube.divide(root.multiply(root))).divide(THREE);
      if (next.compareTo(root) >= 0) {
        return root;
      }
      root = next;
    }
  }
}
