package dev.roadstead.registry.check;

/** How many blobs are read and hashed, besides those that look suspicious. */
public enum Depth {
  /** None. */
  NONE,
  /** Some, chosen by chance. */
  SAMPLE,
  /** All. */
  ALL
}
