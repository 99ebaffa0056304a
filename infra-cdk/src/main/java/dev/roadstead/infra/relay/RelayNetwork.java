package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ec2.CfnInternetGateway;
import software.amazon.awscdk.services.ec2.CfnVPCGatewayAttachment;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IpAddresses;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * A network without a way to the internet. Its machine reaches DynamoDB and S3 by gateways, which
 * cost nothing, and is reached by the CDN alone.
 */
final class RelayNetwork extends Construct {
  private static final String ADDRESSES = "10.0.0.0/24";
  private static final int SUBNET_BITS = 28;

  private final Vpc vpc;
  private final SecurityGroup machines;

  /** One for a relay on this port. */
  RelayNetwork(Construct scope, String id, int port) {
    super(scope, id);
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr(ADDRESSES))
            .maxAzs(1)
            .natGateways(0)
            .restrictDefaultSecurityGroup(false) // that would be a function more in the account
            .subnetConfiguration(
                List.of(
                    SubnetConfiguration.builder()
                        .name("Relay")
                        .subnetType(SubnetType.PRIVATE_ISOLATED)
                        .cidrMask(SUBNET_BITS)
                        .build()))
            .gatewayEndpoints(
                Map.of(
                    "S3", gateway(GatewayVpcEndpointAwsService.S3),
                    "DynamoDb", gateway(GatewayVpcEndpointAwsService.DYNAMODB)))
            .build();
    letCdnIn();
    machines =
        SecurityGroup.Builder.create(this, "Machines")
            .vpc(vpc)
            .description("Roadstead: the relay, reached by the CDN")
            .allowAllOutbound(true)
            .build();
    machines.addIngressRule(Peer.anyIpv4(), Port.tcp(port), "the CDN");
    Accepted.finding(
        machines,
        "AwsSolutions-EC23",
        "No route leads from the internet into this network, so nobody but the CDN gets as far as"
            + " this rule; which addresses the CDN comes from, no template can name.");
    Accepted.finding(
        vpc, "AwsSolutions-VPC7", "Flow logs cost money; one machine talks to two services here.");
  }

  private static GatewayVpcEndpointOptions gateway(GatewayVpcEndpointAwsService service) {
    return GatewayVpcEndpointOptions.builder().service(service).build();
  }

  /** CloudFront asks for such a gateway as a sign of consent; no subnet has a route to it. */
  private void letCdnIn() {
    var sign = CfnInternetGateway.Builder.create(this, "ConsentToCdn").build();
    CfnVPCGatewayAttachment.Builder.create(this, "Consent")
        .vpcId(vpc.getVpcId())
        .internetGatewayId(sign.getAttrInternetGatewayId())
        .build();
  }

  Vpc vpc() {
    return vpc;
  }

  /** What lets the CDN through to a machine, and the machine out. */
  SecurityGroup machines() {
    return machines;
  }
}
