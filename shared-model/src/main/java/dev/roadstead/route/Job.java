package dev.roadstead.route;

import java.time.Duration;
import java.util.Locale;

/**
 * The job table, twin of {@link Operation}: what functions do that no client asks for. Every job
 * may be begun twice, late or never, and may be cut off anywhere: the protocols count on none.
 */
public enum Job implements Task {
  /** Claims what a direct PUT has brought before somebody asks for it. */
  BLOB_CREATED(Trigger.OBJECT_CREATED, Duration.ofSeconds(30)),
  /** One run of the collector. */
  RUN_COLLECTOR(Trigger.SCHEDULE, Duration.ofMinutes(15));

  private final Trigger trigger;
  private final Duration timeLimit;

  Job(Trigger trigger, Duration timeLimit) {
    this.trigger = trigger;
    this.timeLimit = timeLimit;
  }

  /** What begins a job. */
  public enum Trigger {
    /** The object store says that a direct PUT has arrived. */
    OBJECT_CREATED,
    /** Time has passed. */
    SCHEDULE
  }

  @Override
  public String functionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean hashesBlobs() {
    return false;
  }

  /** What begins it. */
  public Trigger trigger() {
    return trigger;
  }

  /** How long one run may take; what is not done then is left for the next. */
  public Duration timeLimit() {
    return timeLimit;
  }
}
