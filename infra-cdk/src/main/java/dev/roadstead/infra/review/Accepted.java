package dev.roadstead.infra.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/**
 * A finding of cdk-nag that is accepted, with the reason: both stand in the template, at the
 * resource that they are about.
 */
public final class Accepted {
  private static final String METADATA = "cdk_nag";
  private static final String RULES = "rules_to_suppress";

  private Accepted() {}

  /** Accepts a finding of a rule, {@code AwsSolutions-IAM5} for example, at this resource. */
  public static void finding(IConstruct construct, String rule, String reason) {
    var resource = resource(construct);
    var rules = new ArrayList<Object>();
    if (resource.getMetadata(METADATA) instanceof Map<?, ?> before
        && before.get(RULES) instanceof List<?> accepted) {
      rules.addAll(accepted);
    }
    rules.add(Map.of("id", rule, "reason", reason));
    resource.addMetadata(METADATA, Map.of(RULES, List.copyOf(rules)));
  }

  private static CfnResource resource(IConstruct construct) {
    return construct instanceof CfnResource resource
        ? resource
        : (CfnResource) Objects.requireNonNull(construct.getNode().getDefaultChild());
  }
}
