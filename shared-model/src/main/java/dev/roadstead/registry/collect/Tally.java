package dev.roadstead.registry.collect;

/** Counts what a run finds and does. */
final class Tally {
  private long needed;
  private long condemned;
  private long condemnedBytes;
  private long purged;
  private long purgedBytes;
  private long steps;
  private long reviewed;
  long overtaken;
  long failed;
  boolean more;
  boolean stopped;

  void add(Verdict verdict) {
    reviewed++;
    switch (verdict) {
      case Verdict.NotDue none -> {}
      case Verdict.Needed keep -> needed++;
      case Verdict.Garbage(var why, var freed, var step) -> {
        steps++;
        condemned += freed.condemned();
        condemnedBytes += freed.condemnedBytes();
        purged += freed.purged();
        purgedBytes += freed.purgedBytes();
      }
    }
  }

  Report report() {
    return new Report(
        reviewed + overtaken,
        needed,
        condemned,
        condemnedBytes,
        purged,
        purgedBytes,
        steps,
        overtaken,
        failed,
        more,
        stopped);
  }
}
