package dev.roadstead.infra.job;

import dev.roadstead.infra.function.Grants;
import dev.roadstead.route.Job;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.DestinationConfigProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.FilterCriteriaProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.FilterProperty;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping.OnFailureProperty;
import software.constructs.Construct;

/** What begins jobs: the bucket, time, and a change of what anonymous may do. */
public final class Triggers extends Construct {
  private static final Duration COLLECTION = Duration.hours(1);
  private static final Duration EDGE = Duration.days(1);
  private static final Duration MAX_AGE = Duration.hours(1);
  private static final int MAX_RETRIES = 10;
  private static final int BATCH = 100;

  /** The account of anonymous, as its item is called in the table; a test compares. */
  private static final String ANONYMOUS =
      "{\"dynamodb\":{\"Keys\":{\"PK\":{\"S\":[\"P\"]},\"SK\":{\"S\":[\"anonymous\"]}}}}";

  private final Jobs jobs;
  private final Failures failures;

  /** Begins these jobs, in a registry that has these stores. */
  public Triggers(Construct scope, String id, Jobs jobs, Failures failures, Grants stores) {
    super(scope, id);
    this.jobs = jobs;
    this.failures = failures;
    objectCreated(stores.bucket().getBucketName());
    every(COLLECTION, Job.RUN_COLLECTOR);
    every(EDGE, Job.UPDATE_EDGE);
    anonymousChanged(Objects.requireNonNull(stores.table().getTableStreamArn()));
  }

  private void objectCreated(String bucket) {
    var prefix = Grants.DIRECT_PUTS.replace("*", "");
    Rule.Builder.create(this, "ObjectCreated")
        .description("Roadstead: a direct PUT has arrived")
        .eventPattern(
            EventPattern.builder()
                .source(List.of("aws.s3"))
                .account(List.of(Stack.of(this).getAccount()))
                .detailType(List.of("Object Created"))
                .detail(
                    Map.of(
                        "bucket", Map.of("name", List.of(bucket)),
                        "object", Map.of("key", List.of(Map.of("prefix", prefix)))))
                .build())
        .targets(List.of(target(Job.BLOB_CREATED)))
        .build();
  }

  private void every(Duration pause, Job job) {
    Rule.Builder.create(this, job.functionName())
        .description("Roadstead: time for " + job.functionName())
        .schedule(Schedule.rate(pause))
        .targets(List.of(target(job)))
        .build();
  }

  private LambdaFunction target(Job job) {
    return LambdaFunction.Builder.create(jobs.alias(job))
        .deadLetterQueue(failures.queue())
        .retryAttempts(MAX_RETRIES)
        .maxEventAge(MAX_AGE)
        .build();
  }

  /** By the plain resource: the CDK's own would give rights beside the table of rights. */
  private void anonymousChanged(String streamArn) {
    CfnEventSourceMapping.Builder.create(this, "AnonymousChanged")
        .functionName(jobs.alias(Job.UPDATE_EDGE).getFunctionArn())
        .eventSourceArn(streamArn)
        .startingPosition("LATEST")
        .batchSize(BATCH)
        .maximumRetryAttempts(MAX_RETRIES)
        .maximumRecordAgeInSeconds(MAX_AGE.toSeconds())
        .filterCriteria(
            FilterCriteriaProperty.builder()
                .filters(List.of(FilterProperty.builder().pattern(ANONYMOUS).build()))
                .build())
        .destinationConfig(
            DestinationConfigProperty.builder()
                .onFailure(
                    OnFailureProperty.builder().destination(failures.queue().getQueueArn()).build())
                .build())
        .build();
  }
}
