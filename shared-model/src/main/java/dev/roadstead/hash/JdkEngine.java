package dev.roadstead.hash;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/**
 * The JDK's own SHA-2, its private fields read and written by reflection: the just-in-time compiler
 * replaces its compression by the processor's SHA instructions, which no code outside the JDK gets.
 * Needs the packages {@code java.security} and {@code sun.security.provider} of {@code java.base}
 * opened; {@link EngineKind#choose} finds out whether all this holds before it is used.
 */
final class JdkEngine implements HashEngine {
  private final HashAlgorithm algorithm;
  private final MessageDigest digest;
  private long countBytes;

  private JdkEngine(HashAlgorithm algorithm, MessageDigest digest, long countBytes) {
    this.algorithm = algorithm;
    this.digest = digest;
    this.countBytes = countBytes;
  }

  /**
   * Goes on from a state; {@link IllegalStateException} if this JVM has or opens no such fields.
   */
  static JdkEngine resume(SavedState state) {
    HashAlgorithm algorithm = state.algorithm();
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.jdkName(), "SUN");
      Object insides = insides(digest);
      Object words = field(insides, "state").get(insides);
      switch (algorithm) {
        case SHA256 -> state.words().asIntBuffer().get((int[]) words);
        case SHA512 -> state.words().asLongBuffer().get((long[]) words);
      }
      byte[] block = (byte[]) field(insides, "buffer").get(insides);
      int pendingBytes = state.pending().remaining();
      state.pending().duplicate().get(block, 0, pendingBytes);
      field(insides, "bufOfs").setInt(insides, pendingBytes);
      field(insides, "bytesProcessed").setLong(insides, state.countBytes());
      return new JdkEngine(algorithm, digest, state.countBytes());
    } catch (GeneralSecurityException | ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK's SHA-2 cannot be resumed", e);
    }
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    countBytes += length;
  }

  @Override
  public long countBytes() {
    return countBytes;
  }

  @Override
  public SavedState save() {
    ByteBuffer words = ByteBuffer.allocate(algorithm.stateBytes());
    try {
      Object insides = insides(digest);
      Object state = field(insides, "state").get(insides);
      switch (algorithm) {
        case SHA256 -> words.asIntBuffer().put((int[]) state);
        case SHA512 -> words.asLongBuffer().put((long[]) state);
      }
      byte[] block = (byte[]) field(insides, "buffer").get(insides);
      int heldBytes = field(insides, "bufOfs").getInt(insides);
      if (heldBytes == algorithm.blockBytes()) {
        return withLastBlock(words, block);
      }
      ByteBuffer pending = ByteBuffer.allocate(heldBytes).put(block, 0, heldBytes).flip();
      return new SavedState(algorithm, countBytes, words, pending);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK's SHA-2 cannot be saved", e);
    }
  }

  /**
   * The state after a last block that still lies in the buffer. Interpreted code compresses every
   * whole block at once; compiled code with AVX2 leaves the last one until more comes.
   */
  private SavedState withLastBlock(ByteBuffer words, byte[] block) {
    long before = countBytes - block.length;
    var state = new SavedState(algorithm, before, words, ByteBuffer.allocate(0));
    var engine = PortableEngine.resume(state);
    engine.update(block, 0, block.length);
    return engine.save();
  }

  @Override
  public byte[] digest() {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's SHA-2 cannot be copied", e);
    }
  }

  /** The provider's object inside the delegate that {@link MessageDigest#getInstance} returns. */
  private static Object insides(MessageDigest digest) throws ReflectiveOperationException {
    return field(digest, "digestSpi").get(digest);
  }

  private static Field field(Object owner, String name) throws NoSuchFieldException {
    for (Class<?> each = owner.getClass(); each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(owner.getClass().getName() + "." + name);
  }
}
