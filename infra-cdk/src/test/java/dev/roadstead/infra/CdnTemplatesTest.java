package dev.roadstead.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.infra.edge.EdgeCode;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.Operation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the templates say of the CDN, the bucket and the table. */
class CdnTemplatesTest {
  private final Assembly.Template registry = Assembly.plain().registry();
  private final Assembly.Template data = Assembly.plain().data();

  @Test
  void everyOperationIsAnOriginUnderTheNameThatTheEdgeChoosesBy() {
    var operations = Arrays.stream(Operation.values()).map(Operation::functionName);

    assertThat(config().path("Origins").values().stream().map(o -> o.path("Id").asString()))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(operations, Stream.of("objects", "relay")).toList());
  }

  @Test
  void signsEveryRequestToTheBucketItself() {
    var access = registry.only("AWS::CloudFront::OriginAccessControl");

    assertThat(access.at("/OriginAccessControlConfig/SigningBehavior").asString())
        .isEqualTo("always");
    assertThat(origin("objects").path("OriginAccessControlId").has("Fn::GetAtt")).isTrue();
  }

  @Test
  void keepsNoAnswerOfAFunctionAndCompressesNothing() {
    var noCache = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"; // CloudFront's own CachingDisabled
    var behaviours =
        Stream.concat(
            Stream.of(config().path("DefaultCacheBehavior")),
            config().path("CacheBehaviors").values().stream()
                .filter(b -> !b.path("TargetOriginId").asString().equals("objects")));

    assertThat(behaviours)
        .allMatch(behaviour -> behaviour.path("CachePolicyId").asString().equals(noCache))
        .allMatch(behaviour -> !behaviour.path("Compress").asBoolean(true))
        .allMatch(behaviour -> behaviour.path("AllowedMethods").size() == 7);
  }

  @Test
  void runsTheEdgesVeryCode() {
    var ways = new Ways(true, true);
    var code =
        registry.all("AWS::CloudFront::Function").stream()
            .map(function -> function.at("/Properties/FunctionCode").asString());

    assertThat(code)
        .containsExactlyInAnyOrder(
            EdgeCode.viewerRequest(Paths.REGISTRY, ways),
            EdgeCode.viewerRequest(Paths.ADMINISTRATION, ways),
            EdgeCode.objects(),
            EdgeCode.viewerResponse());
  }

  @Test
  void theBucketTakesNothingFromTheCdnButDirectPuts() {
    var statements = registry.only("AWS::S3::BucketPolicy").at("/PolicyDocument/Statement");

    var allowed = statement(statements, "DirectPuts");
    assertThat(allowed.path("Action").asString()).isEqualTo("s3:PutObject");
    assertThat(allowed.path("Resource").toString()).contains("/in/*");
    assertThat(allowed.at("/Condition/StringEquals").has("aws:SourceArn")).isTrue();
    assertThat(statement(statements, "NothingElse").path("NotResource").toString())
        .contains("/in/*");
    assertThat(
            statement(statements, "CopyNothing")
                .at("/Condition/Null/s3:x-amz-copy-source")
                .asString())
        .isEqualTo("false");
    assertThat(
            statement(statements, "NoKeyOfTheClient")
                .at("/Condition/Null/s3:x-amz-server-side-encryption-customer-algorithm")
                .asString())
        .isEqualTo("false");
    assertThat(
            statements.values().stream()
                .filter(s -> s.path("Effect").asString().equals("Allow"))
                .map(s -> s.path("Sid").asString()))
        .containsExactly("DirectPuts", "SignedReads");
  }

  /** The bytes of blobs, and neither manifests nor anything else that may come. */
  @Test
  void theCdnReadsBlobsForWhomItsOwnDistributionSent() {
    var reads =
        statement(
            registry.only("AWS::S3::BucketPolicy").at("/PolicyDocument/Statement"), "SignedReads");

    assertThat(reads.path("Action").asString()).isEqualTo("s3:GetObject");
    assertThat(reads.path("Resource").size()).isEqualTo(2);
    assertThat(reads.path("Resource").toString()).contains("/data/*").contains("/in/*");
    assertThat(reads.at("/Condition/StringEquals").has("aws:SourceArn")).isTrue();
  }

  @Test
  void keepsObjectsForAYearUnderTheirKeysAlone() {
    var behaviours =
        config().path("CacheBehaviors").values().stream()
            .filter(b -> b.path("TargetOriginId").asString().equals("objects"))
            .toList();
    var policy = registry.only("AWS::CloudFront::CachePolicy").path("CachePolicyConfig");
    var inKey = policy.path("ParametersInCacheKeyAndForwardedToOrigin");

    assertThat(behaviours.stream().map(b -> b.path("PathPattern").asString()))
        .containsExactly("/data/*", "/in/*");
    assertThat(behaviours)
        .allMatch(b -> b.path("CachePolicyId").has("Ref"))
        .allMatch(b -> b.path("AllowedMethods").size() == 2)
        .allMatch(b -> !b.has("OriginRequestPolicyId"))
        .allMatch(b -> b.path("FunctionAssociations").size() == 1);
    assertThat(policy.path("MinTTL").asLong()).isEqualTo(31_536_000);
    assertThat(policy.path("MaxTTL").asLong()).isEqualTo(31_536_000);
    assertThat(inKey.at("/QueryStringsConfig/QueryStringBehavior").asString()).isEqualTo("none");
    assertThat(inKey.at("/HeadersConfig/HeaderBehavior").asString()).isEqualTo("none");
    assertThat(inKey.at("/CookiesConfig/CookieBehavior").asString()).isEqualTo("none");
    assertThat(inKey.path("EnableAcceptEncodingGzip").asBoolean(true)).isFalse();
    assertThat(
            registry
                .only("AWS::CloudFront::ResponseHeadersPolicy")
                .at("/ResponseHeadersPolicyConfig/SecurityHeadersConfig")
                .propertyNames())
        .containsExactlyInAnyOrder("ContentSecurityPolicy", "ContentTypeOptions");
  }

  @Test
  void tableAndBucketStayWhenTheStackGoes() {
    assertThat(
            Stream.of("AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket")
                .map(type -> data.all(type).getFirst()))
        .allMatch(kept -> kept.path("DeletionPolicy").asString().equals("Retain"))
        .allMatch(kept -> kept.path("UpdateReplacePolicy").asString().equals("Retain"));
  }

  @Test
  void theTableCanBeRestoredToAnyMomentAndTellsOfChanges() {
    var table = data.only("AWS::DynamoDB::GlobalTable");

    assertThat(
            table
                .at("/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                .asBoolean())
        .isTrue();
    assertThat(table.at("/StreamSpecification/StreamViewType").asString())
        .isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(table.path("BillingMode").asString()).isEqualTo("PAY_PER_REQUEST");
  }

  @Test
  void everyBucketIsClosedToThePublicAndAbortsForgottenUploads() {
    var bucket = data.only("AWS::S3::Bucket");

    assertThat(bucket.path("PublicAccessBlockConfiguration").values())
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(
            bucket
                .at("/LifecycleConfiguration/Rules/0/AbortIncompleteMultipartUpload")
                .path("DaysAfterInitiation")
                .asInt())
        .isEqualTo(7);
    assertThat(registry.all("AWS::S3::Bucket")).isEmpty();
  }

  @Test
  void hasTheDomainsCertificateWhereThereIsADomain() {
    var certificate = "arn:aws:acm:us-east-1:111122223333:certificate/a";
    var own =
        Assembly.of(
            Map.of(
                "domain", "images.example.org",
                "certificate", certificate,
                "alarmsTo", "somebody@example.org"));
    var config = own.registry().only("AWS::CloudFront::Distribution").path("DistributionConfig");

    assertThat(config.path("Aliases").path(0).asString()).isEqualTo("images.example.org");
    assertThat(config.at("/ViewerCertificate/AcmCertificateArn").asString()).isEqualTo(certificate);
    assertThat(config.at("/ViewerCertificate/MinimumProtocolVersion").asString())
        .isEqualTo("TLSv1.2_2021");
    assertThat(own.findings()).isEmpty();
  }

  private JsonNode config() {
    return registry.only("AWS::CloudFront::Distribution").path("DistributionConfig");
  }

  private JsonNode origin(String id) {
    return config().path("Origins").values().stream()
        .filter(origin -> origin.path("Id").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode statement(JsonNode statements, String sid) {
    return statements.values().stream()
        .filter(statement -> statement.path("Sid").asString().equals(sid))
        .findFirst()
        .orElseThrow();
  }
}
