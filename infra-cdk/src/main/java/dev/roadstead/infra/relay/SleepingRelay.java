package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.cloudfront.CfnVpcOrigin;
import software.amazon.awscdk.services.cloudfront.CfnVpcOrigin.VpcOriginEndpointConfigProperty;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceInitiatedShutdownBehavior;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * The relay on a machine that is stopped while nobody needs it, and costs its disk then. The
 * function that begins uploads starts it; the relay itself ends after ten idle minutes, and its
 * machine with it.
 */
public final class SleepingRelay extends Construct {
  /** The name by which the edge's code chooses it. */
  public static final String ORIGIN = "relay";

  private static final int PORT = 8080;

  /** The smallest that also has the memory to install its Java. */
  private static final String MACHINE = "t4g.micro";

  private static final String IMAGE =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

  private static final int DISK_GIGABYTES = 8;

  private static final UniqueResourceNameOptions SHORT =
      UniqueResourceNameOptions.builder().maxLength(64).build();

  private final Instance instance;
  private final CfnVpcOrigin origin;

  /**
   * What a relay is made of.
   *
   * @param zip its program, as the build makes it
   * @param environment what it is told
   * @param rights what it may do with table and bucket
   */
  public record Plan(
      String zip, Map<String, String> environment, Collection<PolicyStatement> rights) {}

  /** Makes it; it runs once to install itself, and falls asleep. */
  public SleepingRelay(Construct scope, String id, Plan plan) {
    super(scope, id);
    var program = Asset.Builder.create(this, "Program").path(plan.zip()).build();
    var network = new RelayNetwork(this, "Network", PORT);
    var boot = RelayBoot.script(program, PORT, Stack.of(this).getRegion(), plan.environment());
    instance =
        Instance.Builder.create(this, "Machine")
            .vpc(network.vpc())
            .vpcSubnets(SubnetSelection.builder().subnetType(SubnetType.PRIVATE_ISOLATED).build())
            .associatePublicIpAddress(false)
            .securityGroup(network.machines())
            .instanceType(new InstanceType(MACHINE))
            .machineImage(MachineImage.fromSsmParameter(IMAGE))
            .instanceInitiatedShutdownBehavior(InstanceInitiatedShutdownBehavior.STOP)
            .requireImdsv2(true)
            .blockDevices(List.of(disk()))
            .role(role(plan.rights(), program))
            .userData(boot)
            .userDataCausesReplacement(true)
            .build();
    // It installs itself through the gateways as soon as it is there.
    instance.getNode().addDependency(network);
    origin = origin();
    accept();
  }

  private static BlockDevice disk() {
    return BlockDevice.builder()
        .deviceName("/dev/xvda")
        .volume(
            BlockDeviceVolume.ebs(
                DISK_GIGABYTES,
                EbsDeviceOptions.builder()
                    .volumeType(EbsDeviceVolumeType.GP3)
                    .encrypted(true)
                    .build()))
        .build();
  }

  private Role role(Collection<PolicyStatement> rights, Asset program) {
    var statements = new ArrayList<>(rights);
    statements.add(
        PolicyStatement.Builder.create()
            .actions(List.of("s3:GetObject"))
            .resources(List.of(program.getBucket().arnForObjects(program.getS3ObjectKey())))
            .build());
    var role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .inlinePolicies(
                Map.of("rights", PolicyDocument.Builder.create().statements(statements).build()))
            .build();
    Accepted.finding(
        role,
        "AwsSolutions-IAM5",
        "The wildcards are the objects below the prefixes that uploads work on; a test holds the"
            + " role to the rights of the functions whose longer bodies it takes.");
    return role;
  }

  private CfnVpcOrigin origin() {
    return CfnVpcOrigin.Builder.create(this, "Origin")
        .vpcOriginEndpointConfig(
            VpcOriginEndpointConfigProperty.builder()
                .name(Names.uniqueResourceName(this, SHORT))
                .arn(arn())
                .httpPort(PORT)
                .originProtocolPolicy("http-only")
                .build())
        .build();
  }

  private void accept() {
    Accepted.finding(
        instance,
        "AwsSolutions-EC28",
        "It works for minutes; whether uploads fail is in the functions' logs and the alarm.");
    Accepted.finding(
        instance, "AwsSolutions-EC29", "It keeps nothing, and is made anew with the stack.");
  }

  /** The machine, as those name it who start it. */
  public String instanceId() {
    return instance.getInstanceId();
  }

  /** The machine, as policies name it. */
  public String arn() {
    return Arn.format(
        ArnComponents.builder()
            .service("ec2")
            .resource("instance")
            .resourceName(instance.getInstanceId())
            .build(),
        Stack.of(this));
  }

  /** What the CDN sends streams to. */
  public String originId() {
    return origin.getAttrId();
  }

  /** The name that the origin has in its own network. */
  public String hostName() {
    return instance.getInstancePrivateDnsName();
  }
}
