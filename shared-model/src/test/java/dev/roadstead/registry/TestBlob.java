package dev.roadstead.registry;

import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Some bytes with their digest. */
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by digest
record TestBlob(byte[] bytes, Digest digest) {
  /** The size of the smallest part that need not be the last. */
  static final int PART_BYTES = 5 * 1024 * 1024;

  static TestBlob of(byte[] bytes) {
    return new TestBlob(bytes, Digest.sha256(bytes));
  }

  static TestBlob of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes without a pattern, the same for the same seed. */
  static TestBlob random(long seed, int sizeBytes) {
    var bytes = new byte[sizeBytes];
    new Random(seed).nextBytes(bytes);
    return of(bytes);
  }

  TestBlob withSha512() {
    return new TestBlob(bytes, Digest.of(HashAlgorithm.SHA512, bytes));
  }

  int sizeBytes() {
    return bytes.length;
  }

  byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length));
  }
}
