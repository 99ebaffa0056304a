package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceInitiatedShutdownBehavior;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/**
 * The relay on a machine that is stopped while nobody needs it, and costs its disk then. The
 * function that begins uploads starts it; the relay itself ends after ten idle minutes, and its
 * machine with it.
 */
public final class SleepingRelay extends Construct implements Relay {
  /** The smallest that also has the memory to install its Java. */
  private static final String MACHINE = "t4g.micro";

  private static final String IMAGE =
      "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

  private static final int DISK_GIGABYTES = 8;

  private final Instance instance;
  private final RelayOrigin origin;

  /** Makes it; it runs once to install itself, and falls asleep. */
  public SleepingRelay(Construct scope, String id, Plan plan) {
    super(scope, id);
    var program = new RelayProgram(this, "Program", plan);
    var network = RelayNetwork.closed(this, "Network");
    instance =
        Instance.Builder.create(this, "Machine")
            .vpc(network.vpc())
            .vpcSubnets(RelayNetwork.in(SubnetType.PRIVATE_ISOLATED))
            .associatePublicIpAddress(false)
            .securityGroup(network.door())
            .instanceType(new InstanceType(MACHINE))
            .machineImage(MachineImage.fromSsmParameter(IMAGE))
            .instanceInitiatedShutdownBehavior(InstanceInitiatedShutdownBehavior.STOP)
            .requireImdsv2(true)
            .blockDevices(List.of(disk()))
            .role(program.role(this, "ec2.amazonaws.com"))
            .userData(RelayBoot.script(program))
            .userDataCausesReplacement(true)
            .build();
    // It installs itself through the gateways as soon as it is there.
    instance.getNode().addDependency(network);
    origin = new RelayOrigin(this, "Origin", arn(), instance.getInstancePrivateDnsName());
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

  @Override
  public RelayOrigin origin() {
    return origin;
  }

  /** Nothing in its network takes lines; what it says is on the machine's console. */
  @Override
  public Optional<ILogGroup> log() {
    return Optional.empty();
  }
}
