package dev.roadstead.infra;

import dev.roadstead.infra.cdn.RateRule;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The limit to requests, if one is wanted. It is a stack of its own because CloudFront looks for
 * web ACLs in one Region, wherever the registry is; so the registry is told of it as it is of its
 * certificate.
 */
public final class LimitStack extends Stack {
  private static final String REGION = "us-east-1";

  /** A limit. */
  public LimitStack(Construct scope, String id, long requestsPerMinute) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("How often one address may ask a Roadstead registry")
            .env(Environment.builder().region(REGION).build())
            .build());
    var rule = new RateRule(this, "RateRule", requestsPerMinute);
    CfnOutput.Builder.create(this, "WebAcl")
        .description("The switch webAcl of the registry")
        .value(rule.arn())
        .build();
  }
}
