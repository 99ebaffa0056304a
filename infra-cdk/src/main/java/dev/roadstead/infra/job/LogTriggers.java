package dev.roadstead.infra.job;

import dev.roadstead.route.Job;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.SubscriptionFilter;
import software.amazon.awscdk.services.logs.destinations.LambdaDestination;
import software.constructs.Construct;

/**
 * What begins jobs that take lines out of the log of the operations: CloudWatch hands on those
 * lines and no others. The jobs have logs of their own, so that none begins itself.
 */
public final class LogTriggers extends Construct {
  /** What the line of a pull has and no other line; a test compares. */
  private static final String PULL = "INFO dev.roadstead.pulls - repository=";

  /** The same of a refusal. */
  private static final String REFUSAL = "WARN dev.roadstead.audit - refused: id=";

  private final ILogGroup log;
  private final Jobs jobs;

  /** Begins these jobs with lines of this log, which takes two subscriptions at most. */
  public LogTriggers(Construct scope, String id, ILogGroup log, Jobs jobs) {
    super(scope, id);
    this.log = log;
    this.jobs = jobs;
    linesWith(PULL, Job.COUNT_PULLS);
    linesWith(REFUSAL, Job.RECORD_REFUSALS);
  }

  private void linesWith(String mark, Job job) {
    SubscriptionFilter.Builder.create(this, job.functionName())
        .logGroup(log)
        .filterPattern(FilterPattern.allTerms(mark))
        .destination(new LambdaDestination(jobs.alias(job)))
        .build();
  }
}
