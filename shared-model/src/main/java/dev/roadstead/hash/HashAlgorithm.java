package dev.roadstead.hash;

import java.util.Arrays;
import java.util.Optional;

/** The digest algorithms a registry must or may know (OCI image spec, "Registered algorithms"). */
public enum HashAlgorithm {
  /** 32-byte digests; every registry must know it. */
  SHA256("sha256", "SHA-256", Integer.BYTES, 1),
  /** 64-byte digests; a registry may know it. */
  SHA512("sha512", "SHA-512", Long.BYTES, 2);

  /** Words in the state of every SHA-2 function, and so in its digest (FIPS 180-4, section 5.3). */
  static final int STATE_WORDS = 8;

  private final String label;
  private final String jdkName;
  private final int wordBytes;
  private final int code;

  HashAlgorithm(String label, String jdkName, int wordBytes, int code) {
    this.label = label;
    this.jdkName = jdkName;
    this.wordBytes = wordBytes;
    this.code = code;
  }

  /** The part of a digest before the colon, for example {@code sha256}. */
  public String label() {
    return label;
  }

  /** Hexadecimal digits in a digest: 64 or 128. */
  public int hexLength() {
    return 2 * stateBytes();
  }

  /** Finds the algorithm with this label, written exactly so; empty for any other text. */
  public static Optional<HashAlgorithm> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
  }

  /** The name {@link java.security.MessageDigest} knows it by. */
  String jdkName() {
    return jdkName;
  }

  /** The byte that stands for it in a saved state; never reused for another algorithm. */
  byte code() {
    return (byte) code;
  }

  /** Bytes in one word of the state: 4 or 8. */
  int wordBytes() {
    return wordBytes;
  }

  /** Bytes in the whole state, which is as long as the digest: 32 or 64. */
  int stateBytes() {
    return STATE_WORDS * wordBytes;
  }

  /** Bytes in one message block, always sixteen words (FIPS 180-4, section 5.2): 64 or 128. */
  int blockBytes() {
    return 16 * wordBytes;
  }
}
