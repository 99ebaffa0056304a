package dev.roadstead.infra.job;

import dev.roadstead.infra.review.Accepted;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Where the events end that a job has failed at, again and again. Nothing is lost with them: what a
 * job has left, its next run or somebody's request does. But somebody should look.
 */
public final class Failures extends Construct {
  private static final Duration KEPT = Duration.days(14);
  private static final Duration PERIOD = Duration.minutes(5);

  private final Queue queue;

  /** The queue. */
  public Failures(Construct scope, String id) {
    super(scope, id);
    queue =
        Queue.Builder.create(this, "Queue")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(KEPT)
            .build();
    Accepted.finding(queue, "AwsSolutions-SQS3", "This is the queue where failures end.");
  }

  /** Where they are. */
  public Queue queue() {
    return queue;
  }

  /** How many there are. */
  public Metric count() {
    return queue.metricApproximateNumberOfMessagesVisible(
        MetricOptions.builder().statistic("Maximum").period(PERIOD).build());
  }
}
