package dev.roadstead.infra.job;

import dev.roadstead.infra.function.RegistryFunction;
import dev.roadstead.infra.function.TaskPlans;
import dev.roadstead.route.Job;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig.OnFailureProperty;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * A function for each job of the job table. What no caller waits for is tried three times, and then
 * kept as a failure.
 */
public final class Jobs extends Construct {
  private static final int MEMORY_MEGABYTES = 512;

  /** How often an event that has failed is given again. */
  private static final int MAX_RETRIES = 2;

  /** How old an event may get before it is of no use: everything that jobs do is done later too. */
  private static final Duration MAX_AGE = Duration.hours(1);

  private final Map<Job, RegistryFunction> functions = new EnumMap<>(Job.class);
  private final Map<Job, ILogGroup> logs = new EnumMap<>(Job.class);

  /**
   * Makes them.
   *
   * @param edgeStoreArn what the edge reads
   */
  public Jobs(Construct scope, String id, TaskPlans plans, String edgeStoreArn, IQueue failures) {
    super(scope, id);
    for (var job : Job.values()) {
      var size =
          new RegistryFunction.Size(
              MEMORY_MEGABYTES, Duration.seconds(job.timeLimit().toSeconds()));
      var told =
          job == Job.UPDATE_EDGE
              ? Map.of("ROADSTEAD_EDGE_STORE", edgeStoreArn)
              : Map.<String, String>of();
      var log = RegistryFunction.log(this, job.functionName() + "-log");
      logs.put(job, log);
      var plan = plans.of(job, size, log, told, List.of());
      functions.put(job, new RegistryFunction(this, job.functionName(), plan));
      if (!job.triggers().equals(Set.of(Job.Trigger.OPERATOR))) {
        keepFailures(job, failures);
      }
    }
  }

  private void keepFailures(Job job, IQueue failures) {
    var alias = alias(job);
    CfnEventInvokeConfig.Builder.create(this, job.functionName() + "-failures")
        .functionName(alias.getLambda().getFunctionName())
        .qualifier(alias.getAliasName())
        .maximumRetryAttempts(MAX_RETRIES)
        .maximumEventAgeInSeconds(MAX_AGE.toSeconds())
        .destinationConfig(
            DestinationConfigProperty.builder()
                .onFailure(OnFailureProperty.builder().destination(failures.getQueueArn()).build())
                .build())
        .build()
        .getNode()
        .addDependency(alias);
  }

  /** What begins a job calls this. */
  public Alias alias(Job job) {
    return Objects.requireNonNull(functions.get(job)).alias();
  }

  /** Their logs, one for each: what a job writes begins no other. */
  public Collection<ILogGroup> logs() {
    return logs.values();
  }
}
