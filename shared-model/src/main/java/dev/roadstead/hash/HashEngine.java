package dev.roadstead.hash;

/** One running computation. */
sealed interface HashEngine permits JdkEngine, PortableEngine {
  /** Takes more of the message; the range has been checked. */
  void update(byte[] bytes, int offset, int length);

  /** Bytes taken so far. */
  long countBytes();

  /** A copy of the state, which the computation does not change any more. */
  SavedState save();

  /** The digest of what was taken so far; the computation can go on. */
  byte[] digest();
}
