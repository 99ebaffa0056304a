package dev.roadstead.registry.check;

/** Is told how far a long check has come. */
@FunctionalInterface
public interface Progress {
  /** Nobody is told. */
  Progress NONE = (step, done, total) -> {};

  /**
   * So much is done.
   *
   * @param step what is being done: records, objects, bytes
   * @param total 0 while nobody knows
   */
  void at(String step, long done, long total);
}
