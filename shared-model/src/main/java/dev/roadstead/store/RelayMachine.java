package dev.roadstead.store;

/** The machine that the relay runs on. It stops itself when nobody needs it, and sleeps then. */
@FunctionalInterface
public interface RelayMachine {
  /**
   * Starts the machine, and leaves it alone if that has been done. Does not wait for the relay on
   * it, which takes longer.
   *
   * @throws StoreException when nobody can say what the machine does now
   */
  Start start();

  /** What became of a start. */
  sealed interface Start {
    /** It slept, or was starting already; nothing more has to be done. */
    record Starting() implements Start {}

    /** It runs. Its relay may be starting, or about to stop the machine. */
    record Running() implements Start {}

    /** It is on its way to sleep and takes no start before it is there; ask again. */
    record Stopping() implements Start {}
  }
}
