package dev.roadstead.infra.watch;

import java.util.Collection;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * Alarms. One metric counts what fails in all functions together, because CloudWatch takes money
 * for each metric of an alarm, every month.
 */
public final class Alarms extends Construct {
  private static final String FAILURES = "Failures";
  private static final Duration PERIOD = Duration.minutes(5);

  /** More than this many failures in a period are an alarm. */
  private static final int MAX_FAILURES = 5;

  private final Optional<Topic> topic;
  private final String namespace;

  /**
   * Alarms of one registry.
   *
   * @param namespace of its metrics
   * @param mailTo who hears of them; without, they are only shown
   */
  public Alarms(Construct scope, String id, String namespace, Optional<String> mailTo) {
    super(scope, id);
    this.namespace = namespace;
    this.topic = mailTo.map(this::topic);
  }

  private Topic topic(String address) {
    var made = Topic.Builder.create(this, "Topic").enforceSsl(true).build();
    made.addSubscription(new EmailSubscription(address));
    return made;
  }

  /** Watches for requests that fail, and for functions that end without an answer. */
  public void failures(Collection<? extends ILogGroup> logs) {
    int number = 0;
    for (var log : logs) {
      MetricFilter.Builder.create(this, FAILURES + number++)
          .logGroup(log)
          .metricNamespace(namespace)
          .metricName(FAILURES)
          .metricValue("1")
          .filterPattern(
              FilterPattern.anyTerm("request failed", "Status: timeout", "Status: error"))
          .build();
    }
    var metric =
        Metric.Builder.create()
            .namespace(namespace)
            .metricName(FAILURES)
            .statistic("Sum")
            .period(PERIOD)
            .build();
    alarm(
        FAILURES + "Alarm",
        "Requests of the registry fail with 5xx; the functions' logs say why.",
        metric,
        MAX_FAILURES);
  }

  /** Sounds when a metric is above a threshold in two periods of three. */
  public void alarm(String id, String description, Metric metric, int threshold) {
    var alarm =
        Alarm.Builder.create(this, id)
            .alarmDescription(description)
            .metric(metric)
            .threshold(threshold)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(3)
            .datapointsToAlarm(2)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    topic.ifPresent(to -> alarm.addAlarmAction(new SnsAction(to)));
  }
}
