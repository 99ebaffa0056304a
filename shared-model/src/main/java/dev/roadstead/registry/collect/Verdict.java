package dev.roadstead.registry.collect;

/**
 * What a candidate is found to be. Finding it reads, and never writes; what is done about it is a
 * step of its own, whose conditions judge again.
 */
public sealed interface Verdict {
  /** Something that one transaction, or a few that anybody may repeat, bring about. */
  @FunctionalInterface
  interface Step {
    /** Takes the step; false when the candidate was not as it had been read. */
    boolean take();
  }

  /** It is gone, or is no candidate any more, or not yet: the index lags behind the items. */
  record NotDue() implements Verdict {}

  /**
   * Something needs it.
   *
   * @param why for people
   * @param leave takes it out of the queue
   */
  record Needed(String why, Step leave) implements Verdict {}

  /**
   * Nothing needs it.
   *
   * @param why for people
   * @param freed what its end sets free
   * @param step brings that end nearer
   */
  record Garbage(String why, Freed freed, Step step) implements Verdict {}

  /**
   * What the end of something sets free.
   *
   * @param condemned how many objects this decision takes from the registry; 0 when it carries out
   *     an older decision, or takes nothing that anybody could miss
   * @param purgedBytes bytes that leave the store now
   */
  record Freed(int condemned, long condemnedBytes, int purged, long purgedBytes) {
    static final Freed NOTHING = new Freed(0, 0, 0, 0);

    static Freed condemned(int objects, long bytes) {
      return new Freed(objects, bytes, 0, 0);
    }

    static Freed purged(int objects, long bytes) {
      return new Freed(0, 0, objects, bytes);
    }
  }
}
