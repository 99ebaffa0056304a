package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import dev.roadstead.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Arn;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.ec2.CfnInstance;
import software.amazon.awscdk.services.ec2.CfnInstance.BlockDeviceMappingProperty;
import software.amazon.awscdk.services.ec2.CfnInstance.EbsProperty;
import software.amazon.awscdk.services.ec2.CfnInstance.LaunchTemplateSpecificationProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.MetadataOptionsProperty;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/**
 * The relay on a machine that is stopped while nobody needs it, and costs its disk then. The
 * function that begins uploads starts it; the relay itself ends after ten idle minutes, and its
 * machine with it. A machine is never changed: another program is another machine, under other
 * names, because CloudFront lets no way be changed that is in use.
 */
public final class SleepingRelay extends Construct implements Relay {
  /** The smallest that also has the memory to install its Java. */
  private static final String MACHINE = "t4g.micro";

  /** EC2 looks it up when it makes the machine, and a newer image leaves a machine as it is. */
  private static final String IMAGE =
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";

  private static final int DISK_GIGABYTES = 8;

  private final CfnInstance instance;
  private final RelayOrigin origin;

  /** Makes it; it runs once to install itself, and falls asleep. */
  public SleepingRelay(Construct scope, String id, Plan plan) {
    super(scope, id);
    var program = new RelayProgram(this, "Program", plan);
    var boot = RelayBoot.script(program);
    var network = RelayNetwork.closed(this, "Network");
    var role = program.role(this, "ec2.amazonaws.com");
    var profile =
        CfnInstanceProfile.Builder.create(this, "Profile")
            .roles(List.of(role.getRoleName()))
            .build();
    var generation = generation(program);
    var template = template("Image" + generation);
    instance =
        CfnInstance.Builder.create(this, "Machine" + generation)
            .launchTemplate(
                LaunchTemplateSpecificationProperty.builder()
                    .launchTemplateId(template.getRef())
                    .version(template.getAttrLatestVersionNumber())
                    .build())
            .subnetId(network.subnetId())
            .securityGroupIds(List.of(network.door().getSecurityGroupId()))
            .instanceType(MACHINE)
            .instanceInitiatedShutdownBehavior("stop")
            .blockDeviceMappings(List.of(disk()))
            .iamInstanceProfile(profile.getRef())
            .userData(Fn.base64(boot.render()))
            .build();
    // It installs itself through the gateways as soon as it is there.
    instance.getNode().addDependency(network, role);
    origin = new RelayOrigin(this, "Origin" + generation, arn(), instance.getAttrPrivateDnsName());
    accept();
  }

  /** Eight digits that are others when the machine has to be made anew. */
  private static String generation(RelayProgram program) {
    var all = RelayBoot.version(program) + MACHINE + IMAGE + DISK_GIGABYTES;
    return Digest.sha256(all.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 8);
  }

  private CfnLaunchTemplate template(String id) {
    var template =
        CfnLaunchTemplate.Builder.create(this, id)
            .launchTemplateData(
                LaunchTemplateDataProperty.builder()
                    .imageId(IMAGE)
                    .metadataOptions(
                        MetadataOptionsProperty.builder().httpTokens("required").build())
                    .build())
            .build();
    Validations.of(template)
        .acknowledge(
            Acknowledgment.builder()
                .id("CloudFormation-Validate::E1152")
                .reason("Launch templates take the name of a parameter for an image.")
                .build());
    return template;
  }

  private static BlockDeviceMappingProperty disk() {
    return BlockDeviceMappingProperty.builder()
        .deviceName("/dev/xvda")
        .ebs(
            EbsProperty.builder()
                .volumeSize(DISK_GIGABYTES)
                .volumeType("gp3")
                .encrypted(true)
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
    return instance.getRef();
  }

  /** The machine, as policies name it. */
  public String arn() {
    return Arn.format(
        ArnComponents.builder()
            .service("ec2")
            .resource("instance")
            .resourceName(instance.getRef())
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
