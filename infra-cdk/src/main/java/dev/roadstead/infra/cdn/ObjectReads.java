package dev.roadstead.infra.cdn;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.CacheCookieBehavior;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/**
 * How the CDN gives out objects: an object never changes, so one copy is good for a year and for
 * everybody whom the edge lets pass. Nothing of the request but the path says which copy.
 */
final class ObjectReads extends Construct {
  private static final Duration KEPT = Duration.days(365);
  private static final List<String> READING = List.of("GET", "HEAD");

  private final CachePolicy copies;
  private final ResponseHeadersPolicy headers;

  ObjectReads(Construct scope, String id) {
    super(scope, id);
    copies =
        CachePolicy.Builder.create(this, "Copies")
            .comment("Roadstead: objects by their keys")
            .minTtl(KEPT)
            .defaultTtl(KEPT)
            .maxTtl(KEPT)
            .cookieBehavior(CacheCookieBehavior.none())
            .headerBehavior(CacheHeaderBehavior.none())
            .queryStringBehavior(CacheQueryStringBehavior.none())
            .build();
    headers =
        ResponseHeadersPolicy.Builder.create(this, "Headers")
            .comment("Roadstead: bytes that no browser runs")
            .securityHeadersBehavior(
                ResponseSecurityHeadersBehavior.builder()
                    .contentTypeOptions(
                        ResponseHeadersContentTypeOptions.builder().override(true).build())
                    .contentSecurityPolicy(
                        ResponseHeadersContentSecurityPolicy.builder()
                            .contentSecurityPolicy("sandbox")
                            .override(true)
                            .build())
                    .build())
            .build();
  }

  /** What happens to requests for objects below this path. */
  CacheBehaviorProperty at(String pattern, EdgeFunctions edge) {
    return CacheBehaviorProperty.builder()
        .pathPattern(pattern)
        .targetOriginId(Origins.OBJECTS)
        .viewerProtocolPolicy("https-only")
        .allowedMethods(READING)
        .cachedMethods(READING)
        .compress(false)
        .cachePolicyId(copies.getCachePolicyId())
        .responseHeadersPolicyId(headers.getResponseHeadersPolicyId())
        .functionAssociations(edge.onObjects())
        .build();
  }
}
