package dev.roadstead.infra.cdn;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.route.Method;
import dev.roadstead.wire.ErrorDocument;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.amazon.awscdk.services.wafv2.CfnWebACL.AllowActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.BlockActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.ByteMatchStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomHTTPHeaderProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseBodyProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.CustomResponseProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.DefaultActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.FieldToMatchProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.OrStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RateBasedStatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleActionProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.RuleProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.StatementProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.TextTransformationProperty;
import software.amazon.awscdk.services.wafv2.CfnWebACL.VisibilityConfigProperty;
import software.constructs.Construct;

/**
 * A web ACL that lets everybody in and refuses whoever asks too often, as the gateway does: 429
 * with {@code Retry-After} and the specification's error. Only methods count that clients repeat
 * when they get that; an upload under way is never broken.
 */
public final class RateRule extends Construct {
  /** Clients of registries repeat these. */
  private static final Set<Method> REPEATED = EnumSet.of(Method.GET, Method.HEAD, Method.POST);

  private static final int WINDOW_SECONDS = 60;
  private static final String NAME = "RateLimit";
  private static final String BODY = "too-many-requests";

  private final CfnWebACL webAcl;

  /**
   * Makes it; where a CDN looks for it, which is us-east-1.
   *
   * @param requestsPerMinute of one address
   */
  public RateRule(Construct scope, String id, long requestsPerMinute) {
    super(scope, id);
    var refusal = ErrorDocument.of(ErrorCode.TOO_MANY_REQUESTS.raise());
    webAcl =
        CfnWebACL.Builder.create(this, "WebAcl")
            .scope("CLOUDFRONT")
            .defaultAction(
                DefaultActionProperty.builder()
                    .allow(AllowActionProperty.builder().build())
                    .build())
            .customResponseBodies(
                Map.of(
                    BODY,
                    CustomResponseBodyProperty.builder()
                        .contentType("APPLICATION_JSON")
                        .content(new String(refusal.body(), StandardCharsets.UTF_8))
                        .build()))
            .rules(List.of(rule(requestsPerMinute, refusal.status())))
            .visibilityConfig(counted("WebAcl"))
            .build();
  }

  private static RuleProperty rule(long requestsPerMinute, int status) {
    var counts =
        RateBasedStatementProperty.builder()
            .limit(requestsPerMinute)
            .evaluationWindowSec(WINDOW_SECONDS)
            .aggregateKeyType("IP")
            .scopeDownStatement(
                StatementProperty.builder()
                    .orStatement(
                        OrStatementProperty.builder()
                            .statements(REPEATED.stream().map(RateRule::has).toList())
                            .build())
                    .build())
            .build();
    var refusal =
        CustomResponseProperty.builder()
            .responseCode(status)
            .customResponseBodyKey(BODY)
            .responseHeaders(
                List.of(
                    CustomHTTPHeaderProperty.builder()
                        .name("Retry-After")
                        .value(Integer.toString(WINDOW_SECONDS))
                        .build()))
            .build();
    return RuleProperty.builder()
        .name(NAME)
        .priority(0)
        .statement(StatementProperty.builder().rateBasedStatement(counts).build())
        .action(
            RuleActionProperty.builder()
                .block(BlockActionProperty.builder().customResponse(refusal).build())
                .build())
        .visibilityConfig(counted(NAME))
        .build();
  }

  private static StatementProperty has(Method method) {
    return StatementProperty.builder()
        .byteMatchStatement(
            ByteMatchStatementProperty.builder()
                .fieldToMatch(FieldToMatchProperty.builder().method(Map.of()).build())
                .positionalConstraint("EXACTLY")
                .searchString(method.name())
                .textTransformations(
                    List.of(TextTransformationProperty.builder().priority(0).type("NONE").build()))
                .build())
        .build();
  }

  /** Numbers alone: a sample of requests would show what clients log in with. */
  private static VisibilityConfigProperty counted(String metric) {
    return VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName(metric)
        .sampledRequestsEnabled(false)
        .build();
  }

  /** What the CDN is told. */
  public String arn() {
    return webAcl.getAttrArn();
  }
}
