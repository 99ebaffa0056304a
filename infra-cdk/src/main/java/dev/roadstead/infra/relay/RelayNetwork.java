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
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.constructs.Construct;

/**
 * A network that nobody but the CDN gets into. From it DynamoDB and S3 are reached by gateways,
 * which cost nothing.
 */
final class RelayNetwork extends Construct {
  private static final String ADDRESSES = "10.0.0.0/24";
  private static final int SUBNET_BITS = 28;

  private final Vpc vpc;
  private final SecurityGroup door;

  private RelayNetwork(Construct scope, String id, int zones, List<SubnetConfiguration> subnets) {
    super(scope, id);
    vpc =
        Vpc.Builder.create(this, "Vpc")
            .ipAddresses(IpAddresses.cidr(ADDRESSES))
            .maxAzs(zones)
            .natGateways(0)
            .restrictDefaultSecurityGroup(false) // that would be a function more in the account
            .subnetConfiguration(subnets)
            .gatewayEndpoints(
                Map.of(
                    "S3", gateway(GatewayVpcEndpointAwsService.S3),
                    "DynamoDb", gateway(GatewayVpcEndpointAwsService.DYNAMODB)))
            .build();
    door =
        SecurityGroup.Builder.create(this, "Door")
            .vpc(vpc)
            .description("Roadstead: what the CDN sends streams to")
            .allowAllOutbound(true)
            .build();
    door.addIngressRule(Peer.anyIpv4(), Port.tcp(RelayProgram.PORT), "the CDN");
    Accepted.finding(
        door,
        "AwsSolutions-EC23",
        "What it stands before has no public address and no route from the internet, so nobody but"
            + " the CDN gets as far as this rule; which addresses the CDN comes from, no template"
            + " can name.");
    Accepted.finding(
        vpc, "AwsSolutions-VPC7", "Flow logs cost money; one relay talks to two services here.");
  }

  /** One in one zone, without a way to the internet either. */
  static RelayNetwork closed(Construct scope, String id) {
    var network = new RelayNetwork(scope, id, 1, List.of(subnet(SubnetType.PRIVATE_ISOLATED)));
    network.letCdnIn();
    return network;
  }

  /** One in two zones, with subnets besides from which one gets out. */
  static RelayNetwork withWayOut(Construct scope, String id) {
    return new RelayNetwork(
        scope, id, 2, List.of(subnet(SubnetType.PRIVATE_ISOLATED), subnet(SubnetType.PUBLIC)));
  }

  private static SubnetConfiguration subnet(SubnetType type) {
    return SubnetConfiguration.builder()
        .name(type == SubnetType.PUBLIC ? "Out" : "Relay")
        .subnetType(type)
        .cidrMask(SUBNET_BITS)
        .build();
  }

  /** The subnets of this kind. */
  static SubnetSelection in(SubnetType type) {
    return SubnetSelection.builder().subnetType(type).build();
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

  /** The first of the subnets that have no way to the internet. */
  String subnetId() {
    return vpc.getIsolatedSubnets().getFirst().getSubnetId();
  }

  /** What lets the CDN through. */
  SecurityGroup door() {
    return door;
  }
}
