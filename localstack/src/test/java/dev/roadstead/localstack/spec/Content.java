package dev.roadstead.localstack.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Some bytes, and what a client knows of them. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record Content(byte[] bytes) {
  /** A digest of nothing that any test pushes. */
  static final String ABSENT_DIGEST =
      "sha256:0000000000000000000000000000000000000000000000000000000000000000";

  /** No two blobs have the same bytes: a registry that knew them could take a short cut. */
  private static final AtomicLong SEEDS = new AtomicLong();

  static Content random(int sizeBytes) {
    var bytes = new byte[sizeBytes];
    new Random(SEEDS.incrementAndGet()).nextBytes(bytes);
    return new Content(bytes);
  }

  static Content text(String text) {
    return new Content(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code sha256:<hex>}. */
  String digest() {
    return digest("sha256", "SHA-256");
  }

  /** {@code sha512:<hex>}. */
  String sha512() {
    return digest("sha512", "SHA-512");
  }

  private String digest(String label, String algorithm) {
    try {
      var hash = MessageDigest.getInstance(algorithm).digest(bytes);
      return label + ":" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every JDK has " + algorithm, missing);
    }
  }

  int sizeBytes() {
    return bytes.length;
  }

  /** Bytes {@code first} to {@code last}, both included. */
  byte[] part(int first, int last) {
    return Arrays.copyOfRange(bytes, first, last + 1);
  }
}
