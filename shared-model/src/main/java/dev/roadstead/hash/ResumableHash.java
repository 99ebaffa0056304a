package dev.roadstead.hash;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A SHA-2 computation that can be stopped, kept as bytes, and gone on with by another process. Not
 * thread-safe.
 *
 * <p>Fast where the JVM opens its own SHA-2 ({@code --add-opens java.base/java.security=ALL-UNNAMED
 * --add-opens java.base/sun.security.provider=ALL-UNNAMED}), right everywhere; saved states mean
 * the same in both cases.
 */
public final class ResumableHash {
  private static final EngineKind CHOSEN = EngineKind.choose();
  private static final int COPY_BYTES = 8192;

  private final HashAlgorithm algorithm;
  private final HashEngine engine;

  private ResumableHash(HashAlgorithm algorithm, HashEngine engine) {
    this.algorithm = algorithm;
    this.engine = engine;
  }

  /** Starts a computation that was given nothing yet. */
  public static ResumableHash start(HashAlgorithm algorithm) {
    return on(CHOSEN, SavedState.initial(algorithm));
  }

  /**
   * Goes on where {@link #save} was called. Refuses bytes that are not a state (version, algorithm,
   * count, length) with {@link IllegalArgumentException}; it cannot tell whether they were altered
   * within that form, so keep states where no client can write them.
   */
  public static ResumableHash resume(byte[] savedState) {
    return on(CHOSEN, SavedState.parse(savedState));
  }

  static ResumableHash on(EngineKind kind, SavedState state) {
    return new ResumableHash(state.algorithm(), kind.resume(state));
  }

  /**
   * Takes {@code length} bytes from {@code offset}.
   *
   * @throws IndexOutOfBoundsException if the array has no such range; nothing was taken
   * @throws IllegalStateException if the message got longer than SHA-256 allows, 2^61 - 1 bytes
   */
  public ResumableHash update(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length > SavedState.MAX_COUNT_BYTES - engine.countBytes()) {
      throw new IllegalStateException("too long for SHA-2: " + engine.countBytes() + " bytes");
    }
    engine.update(bytes, offset, length);
    return this;
  }

  /** Takes what remains in the buffer, of any kind, and moves its position to its limit. */
  public ResumableHash update(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      update(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      bytes.position(bytes.limit());
      return this;
    }
    byte[] copy = new byte[Math.min(bytes.remaining(), COPY_BYTES)];
    while (bytes.hasRemaining()) {
      int length = Math.min(bytes.remaining(), copy.length);
      bytes.get(copy, 0, length);
      update(copy, 0, length);
    }
    return this;
  }

  /** Bytes taken so far, those before a {@link #resume} included. */
  public long countBytes() {
    return engine.countBytes();
  }

  /** The state to keep, at most 201 bytes; this computation may go on. */
  public byte[] save() {
    return engine.save().toBytes();
  }

  /** The digest of what was taken so far, in lower-case hexadecimal; the computation may go on. */
  public String hex() {
    return HexFormat.of().formatHex(engine.digest());
  }

  /** What is computed. */
  public HashAlgorithm algorithm() {
    return algorithm;
  }

  /** How this JVM computes: {@code jdk}, or {@code portable}, several times slower. */
  public static String engine() {
    return CHOSEN.label();
  }
}
