package dev.roadstead.infra.relay;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.logs.ILogGroup;

/** Who takes the streams that are too long for a function. */
public sealed interface Relay permits SleepingRelay, StandingRelay {
  /** Where the CDN finds it. */
  RelayOrigin origin();

  /** Its log, where it has one that can be watched. */
  Optional<ILogGroup> log();

  /**
   * What a relay is made of.
   *
   * @param zip its program, as the build makes it
   * @param environment what it is told
   * @param rights what it may do with table and bucket
   */
  record Plan(String zip, Map<String, String> environment, Collection<PolicyStatement> rights) {}
}
