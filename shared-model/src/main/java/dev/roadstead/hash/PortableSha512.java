package dev.roadstead.hash;

import java.nio.ByteBuffer;

/** The compression function of SHA-512 (FIPS 180-4, section 6.4). */
final class PortableSha512 extends PortableEngine {
  private static final int ROUNDS = 80;
  private static final long[] CONSTANTS = new long[ROUNDS];

  static {
    for (int round = 0; round < ROUNDS; round++) {
      CONSTANTS[round] = Sha2Constants.round(round);
    }
  }

  private final long[] state = new long[HashAlgorithm.STATE_WORDS];
  private final long[] schedule = new long[ROUNDS];

  PortableSha512(SavedState saved) {
    super(saved);
    saved.words().asLongBuffer().get(state);
  }

  @Override
  void putWords(ByteBuffer out) {
    out.asLongBuffer().put(state);
  }

  @Override
  void compress(ByteBuffer bytes, int offset) {
    expand(bytes, offset);
    long a = state[0];
    long b = state[1];
    long c = state[2];
    long d = state[3];
    long e = state[4];
    long f = state[5];
    long g = state[6];
    long h = state[7];
    for (int round = 0; round < ROUNDS; round++) {
      long sumE = rotate(e, 14) ^ rotate(e, 18) ^ rotate(e, 41);
      long choice = (e & f) ^ (~e & g);
      long first = h + sumE + choice + CONSTANTS[round] + schedule[round];
      long sumA = rotate(a, 28) ^ rotate(a, 34) ^ rotate(a, 39);
      long majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + sumA + majority;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
  }

  /** Fills the message schedule: the sixteen words of the block, then one word a round. */
  private void expand(ByteBuffer bytes, int offset) {
    for (int i = 0; i < 16; i++) {
      schedule[i] = bytes.getLong(offset + i * Long.BYTES);
    }
    for (int i = 16; i < ROUNDS; i++) {
      long early = schedule[i - 15];
      long late = schedule[i - 2];
      long mixedEarly = rotate(early, 1) ^ rotate(early, 8) ^ (early >>> 7);
      long mixedLate = rotate(late, 19) ^ rotate(late, 61) ^ (late >>> 6);
      schedule[i] = schedule[i - 16] + mixedEarly + schedule[i - 7] + mixedLate;
    }
  }

  private static long rotate(long word, int bits) {
    return Long.rotateRight(word, bits);
  }
}
