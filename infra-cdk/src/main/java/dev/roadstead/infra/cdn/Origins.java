package dev.roadstead.infra.cdn;

import dev.roadstead.infra.relay.RelayOrigin;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CustomOriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.S3OriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.VpcOriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnOriginAccessControl;
import software.amazon.awscdk.services.cloudfront.CfnOriginAccessControl.OriginAccessControlConfigProperty;
import software.amazon.awscdk.services.s3.IBucket;
import software.constructs.Construct;

/** Where requests can go, under the names by which the edge's code chooses. */
final class Origins extends Construct {
  /** The bucket, as the edge's code calls it. */
  static final String OBJECTS = "objects";

  /** How many CloudFront takes in one distribution. */
  static final int MAX_COUNT = 100;

  /** Longer than any function runs that answers a client. */
  private static final int ANSWER_SECONDS = 60;

  private static final int KEEP_SECONDS = 60;

  private static final UniqueResourceNameOptions SHORT =
      UniqueResourceNameOptions.builder().maxLength(64).build();

  private final List<OriginProperty> all = new ArrayList<>();

  Origins(Construct scope, String id, Cdn.Behind behind) {
    super(scope, id);
    behind.functionHostNames().forEach((name, hostName) -> all.add(function(name, hostName)));
    all.add(objects(behind.bucket()));
    behind.relay().ifPresent(relay -> all.add(relay(relay)));
    if (all.size() > MAX_COUNT) {
      throw new IllegalStateException("the CDN takes no " + all.size() + " origins");
    }
  }

  List<OriginProperty> all() {
    return List.copyOf(all);
  }

  private static OriginProperty function(String name, String hostName) {
    return OriginProperty.builder()
        .id(name)
        .domainName(hostName)
        .customOriginConfig(
            CustomOriginConfigProperty.builder()
                .originProtocolPolicy("https-only")
                .originSslProtocols(List.of("TLSv1.2"))
                .originReadTimeout(ANSWER_SECONDS)
                .originKeepaliveTimeout(KEEP_SECONDS)
                .build())
        .build();
  }

  /** In a network that the CDN alone reaches. */
  private static OriginProperty relay(RelayOrigin relay) {
    return OriginProperty.builder()
        .id(RelayOrigin.NAME)
        .domainName(relay.hostName())
        .vpcOriginConfig(
            VpcOriginConfigProperty.builder()
                .vpcOriginId(relay.originId())
                .originReadTimeout(ANSWER_SECONDS)
                .originKeepaliveTimeout(KEEP_SECONDS)
                .build())
        .build();
  }

  /** Signed always, so that no {@code Authorization} of a client gets through. */
  private OriginProperty objects(IBucket bucket) {
    var access =
        CfnOriginAccessControl.Builder.create(this, "Signed")
            .originAccessControlConfig(
                OriginAccessControlConfigProperty.builder()
                    .name(Names.uniqueResourceName(this, SHORT))
                    .originAccessControlOriginType("s3")
                    .signingBehavior("always")
                    .signingProtocol("sigv4")
                    .build())
            .build();
    return OriginProperty.builder()
        .id(OBJECTS)
        .domainName(bucket.getBucketRegionalDomainName())
        .originAccessControlId(access.getAttrId())
        .s3OriginConfig(S3OriginConfigProperty.builder().originAccessIdentity("").build())
        .build();
  }
}
