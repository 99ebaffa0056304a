package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.ErrorCode;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the template says of the limit to requests, where one is wanted. */
class LimitTemplatesTest {
  private final Assembly limited = Assembly.limited();
  private final JsonNode webAcl = limited.limit().only("AWS::WAFv2::WebACL");
  private final JsonNode rule = webAcl.path("Rules").path(0);
  private final JsonNode rate = rule.at("/Statement/RateBasedStatement");

  @Test
  void nobodyPaysForAWebAclWhoWantsNone() {
    assertThat(Assembly.plain().templates()).hasSize(2);
    assertThat(distribution(Assembly.plain()).has("WebACLId")).isFalse();
  }

  @Test
  void liesWhereTheCdnLooksForItAndTheCdnIsToldOfIt() {
    assertThat(limited.environment("RoadsteadLimit")).isEqualTo("aws://unknown-account/us-east-1");
    assertThat(limited.environment("Roadstead")).endsWith("unknown-region");
    assertThat(webAcl.path("Scope").asString()).isEqualTo("CLOUDFRONT");
    assertThat(distribution(limited).path("WebACLId").asString()).isEqualTo(Assembly.WEB_ACL);
  }

  @Test
  void letsEverybodyInWhoDoesNotAskTooOften() {
    assertThat(webAcl.path("DefaultAction").has("Allow")).isTrue();
    assertThat(webAcl.path("Rules")).hasSize(1);
    assertThat(rate.path("Limit").asInt()).isEqualTo(600);
    assertThat(rate.path("EvaluationWindowSec").asInt()).isEqualTo(60);
    assertThat(rate.path("AggregateKeyType").asString()).isEqualTo("IP");
  }

  /** Clients give a push up when its PATCH or PUT is refused. */
  @Test
  void countsOnlyWhatClientsRepeat() {
    var methods = rate.at("/ScopeDownStatement/OrStatement/Statements").values();

    assertThat(methods)
        .allMatch(method -> method.at("/ByteMatchStatement/FieldToMatch").has("Method"))
        .allMatch(m -> is(m, "/ByteMatchStatement/PositionalConstraint", "EXACTLY"))
        .extracting(method -> method.at("/ByteMatchStatement/SearchString").asString())
        .containsExactlyInAnyOrder("GET", "HEAD", "POST");
  }

  @Test
  void refusesWithTheErrorOfTheSpecificationAndSaysWhenToTryAgain() {
    var refusal = rule.at("/Action/Block/CustomResponse");
    var body =
        webAcl.path("CustomResponseBodies").path(refusal.path("CustomResponseBodyKey").asString());
    var error = new JsonMapper().readTree(body.path("Content").asString()).at("/errors/0");

    assertThat(refusal.path("ResponseCode").asInt()).isEqualTo(429);
    assertThat(is(refusal, "/ResponseHeaders/0/Name", "Retry-After")).isTrue();
    assertThat(is(refusal, "/ResponseHeaders/0/Value", "60")).isTrue();
    assertThat(is(body, "/ContentType", "APPLICATION_JSON")).isTrue();
    assertThat(error.path("code").asString()).isEqualTo("TOOMANYREQUESTS");
    assertThat(error.path("message").asString()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS.message());
  }

  /** A sample has the headers of requests, and with them what clients log in with. */
  @Test
  void keepsNoSampleOfRequests() {
    assertThat(webAcl.findValues("SampledRequestsEnabled"))
        .hasSize(2)
        .noneMatch(JsonNode::asBoolean);
  }

  private static JsonNode distribution(Assembly assembly) {
    return assembly.registry().only("AWS::CloudFront::Distribution").path("DistributionConfig");
  }

  private static boolean is(JsonNode node, String path, String text) {
    return node.at(path).asString().equals(text);
  }
}
