package dev.roadstead.localstack;

import java.time.Duration;

/** What becomes of streams that are too long for a function. */
public sealed interface RelayMode {
  /** They are refused. */
  record None() implements RelayMode {}

  /** The gateway's own process takes them. */
  record Local() implements RelayMode {}

  /**
   * A process of its own takes them, started when somebody needs it, as the small machine in the
   * cloud is. Takes a backend that processes share.
   *
   * @param delay how long the machine takes that is imitated, before its process begins
   * @param idle how long nobody has to need it before it ends
   */
  record Wake(Duration delay, Duration idle) implements RelayMode {
    /** The same with another time without need. */
    public Wake endingAfter(Duration other) {
      return new Wake(delay, other);
    }
  }
}
