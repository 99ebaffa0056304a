package dev.roadstead.infra.relay;

import software.amazon.awscdk.Names;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.cloudfront.CfnVpcOrigin;
import software.amazon.awscdk.services.cloudfront.CfnVpcOrigin.VpcOriginEndpointConfigProperty;
import software.constructs.Construct;

/** The CDN's way to a relay, into a network that has no other way in. */
public final class RelayOrigin extends Construct {
  /** The name by which the edge's code chooses it. */
  public static final String NAME = "relay";

  private static final UniqueResourceNameOptions SHORT =
      UniqueResourceNameOptions.builder().maxLength(64).build();

  private final CfnVpcOrigin origin;
  private final String hostName;

  /**
   * The way to what has this ARN and this name in its own network. CloudFront changes no such way
   * while it is in use, so whoever leads elsewhere has to have another id.
   */
  RelayOrigin(Construct scope, String id, String arn, String hostName) {
    super(scope, id);
    this.hostName = hostName;
    this.origin =
        CfnVpcOrigin.Builder.create(this, "Origin")
            .vpcOriginEndpointConfig(
                VpcOriginEndpointConfigProperty.builder()
                    .name(Names.uniqueResourceName(this, SHORT))
                    .arn(arn)
                    .httpPort(RelayProgram.PORT)
                    .originProtocolPolicy("http-only")
                    .build())
            .build();
  }

  /** What the CDN sends streams to. */
  public String originId() {
    return origin.getAttrId();
  }

  /** The name that it has in its own network. */
  public String hostName() {
    return hostName;
  }
}
