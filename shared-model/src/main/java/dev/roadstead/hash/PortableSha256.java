package dev.roadstead.hash;

import java.nio.ByteBuffer;

/** The compression function of SHA-256 (FIPS 180-4, section 6.2). */
final class PortableSha256 extends PortableEngine {
  private static final int ROUNDS = 64;
  private static final int[] CONSTANTS = new int[ROUNDS];

  static {
    for (int round = 0; round < ROUNDS; round++) {
      CONSTANTS[round] = (int) (Sha2Constants.round(round) >>> 32);
    }
  }

  private final int[] state = new int[HashAlgorithm.STATE_WORDS];
  private final int[] schedule = new int[ROUNDS];

  PortableSha256(SavedState saved) {
    super(saved);
    saved.words().asIntBuffer().get(state);
  }

  @Override
  void putWords(ByteBuffer out) {
    out.asIntBuffer().put(state);
  }

  @Override
  void compress(ByteBuffer bytes, int offset) {
    expand(bytes, offset);
    int a = state[0];
    int b = state[1];
    int c = state[2];
    int d = state[3];
    int e = state[4];
    int f = state[5];
    int g = state[6];
    int h = state[7];
    for (int round = 0; round < ROUNDS; round++) {
      int sumE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      int choice = (e & f) ^ (~e & g);
      int first = h + sumE + choice + CONSTANTS[round] + schedule[round];
      int sumA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      int majority = (a & b) ^ (a & c) ^ (b & c);
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
      schedule[i] = bytes.getInt(offset + i * Integer.BYTES);
    }
    for (int i = 16; i < ROUNDS; i++) {
      int early = schedule[i - 15];
      int late = schedule[i - 2];
      int mixedEarly = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
      int mixedLate = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
      schedule[i] = schedule[i - 16] + mixedEarly + schedule[i - 7] + mixedLate;
    }
  }

  private static int rotate(int word, int bits) {
    return Integer.rotateRight(word, bits);
  }
}
