package dev.roadstead.route;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * The job table, twin of {@link Operation}: what functions do that no client asks for. Every job
 * may be begun twice, late or never, and may be cut off anywhere: the protocols count on none.
 */
@SuppressWarnings("ImmutableEnumChecker") // the set is copied and never written
public enum Job implements Task {
  /** Claims what a direct PUT has brought before somebody asks for it. */
  BLOB_CREATED(Duration.ofSeconds(30), Trigger.OBJECT_CREATED),
  /** Adds up pulls of manifests, of which functions have written lines into their logs. */
  COUNT_PULLS(Duration.ofMinutes(1), Trigger.LOGGED),
  /** Makes entries of the audit log of refusals, of which functions have written lines likewise. */
  RECORD_REFUSALS(Duration.ofMinutes(1), Trigger.LOGGED),
  /** One run of the collector. */
  RUN_COLLECTOR(Duration.ofMinutes(15), Trigger.SCHEDULE),
  /** Makes and exchanges keys, and tells the edge of them and of what anonymous may pull. */
  UPDATE_EDGE(
      Duration.ofMinutes(1), Trigger.DEPLOYMENT, Trigger.SCHEDULE, Trigger.ANONYMOUS_CHANGED),
  /** Gives the administrator a new password, which is shown this once. */
  SET_ADMINISTRATOR(Duration.ofSeconds(30), Trigger.OPERATOR);

  private final Duration timeLimit;
  private final Set<Trigger> triggers;

  Job(Duration timeLimit, Trigger... triggers) {
    this.timeLimit = timeLimit;
    this.triggers = Set.of(triggers);
  }

  /** What begins a job. */
  public enum Trigger {
    /** The object store says that a direct PUT has arrived. */
    OBJECT_CREATED,
    /** Functions have written lines into their logs that are wanted elsewhere. */
    LOGGED,
    /** Time has passed. */
    SCHEDULE,
    /** An installation is made or changed. */
    DEPLOYMENT,
    /** Somebody has changed what is granted to anonymous. */
    ANONYMOUS_CHANGED,
    /** Somebody who has the rights of the cloud's account calls it, and waits for its answer. */
    OPERATOR
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
  public Set<Trigger> triggers() {
    return triggers;
  }

  /** How long one run may take; what is not done then is left for the next. */
  public Duration timeLimit() {
    return timeLimit;
  }
}
