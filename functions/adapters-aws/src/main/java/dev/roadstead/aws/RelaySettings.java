package dev.roadstead.aws;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which machine the relay sleeps on.
 *
 * @param instanceId as EC2 names it
 * @param ec2Endpoint another server than AWS
 */
public record RelaySettings(String instanceId, Optional<URI> ec2Endpoint) {
  private static final String INSTANCE = "ROADSTEAD_RELAY_INSTANCE";
  private static final String ENDPOINT = "ROADSTEAD_EC2_ENDPOINT";

  /** The variables that these settings stand in. */
  public static final Set<String> VARIABLES = Set.of(INSTANCE, ENDPOINT);

  /** Settings from the variables of a function's environment; empty where no relay sleeps. */
  public static Optional<RelaySettings> of(Map<String, String> variables) {
    return Optional.ofNullable(variables.get(INSTANCE))
        .map(
            instance ->
                new RelaySettings(
                    instance, Optional.ofNullable(variables.get(ENDPOINT)).map(URI::create)));
  }
}
