package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerDependency;
import software.amazon.awscdk.services.ecs.ContainerDependencyCondition;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.LogDrivers;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.PortMapping;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.elasticloadbalancingv2.AddNetworkTargetsProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseNetworkListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.NetworkLoadBalancer;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * The relay as a container that is always there, for registries into which somebody pushes all day.
 * Decision 0081 says where it gets its program, and what stands before it.
 */
public final class StandingRelay extends Construct implements Relay {
  private static final int CPU_UNITS = 512;
  private static final int MEMORY_MEGABYTES = 1024;
  private static final String VOLUME = "program";
  private static final String FOLDER = "/program";

  private final RelayProgram program;
  private final LogGroup log;
  private final RelayOrigin origin;

  /** Makes it. */
  public StandingRelay(Construct scope, String id, Plan plan) {
    super(scope, id);
    program = new RelayProgram(this, "Program", plan);
    log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.ONE_MONTH)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    var network = RelayNetwork.withWayOut(this, "Network");
    var balancer =
        NetworkLoadBalancer.Builder.create(this, "Balancer")
            .vpc(network.vpc())
            .vpcSubnets(RelayNetwork.in(SubnetType.PRIVATE_ISOLATED))
            .internetFacing(false)
            .crossZoneEnabled(true)
            .securityGroups(List.of(network.door()))
            .build();
    Accepted.finding(
        balancer, "AwsSolutions-ELB2", "Balancers log nothing of connections without TLS.");
    balancer
        .addListener("Streams", BaseNetworkListenerProps.builder().port(RelayProgram.PORT).build())
        .addTargets(
            "Relay",
            AddNetworkTargetsProps.builder()
                .port(RelayProgram.PORT)
                .targets(List.of(service(network)))
                .build());
    origin =
        new RelayOrigin(
            this, "Origin", balancer.getLoadBalancerArn(), balancer.getLoadBalancerDnsName());
    origin.getNode().addDependency(network);
  }

  /** With a public address, because its images come from the internet; nobody gets in by that. */
  private FargateService service(RelayNetwork network) {
    var cluster = Cluster.Builder.create(this, "Cluster").vpc(network.vpc()).build();
    Accepted.finding(
        cluster, "AwsSolutions-ECS4", "Insights cost more than they tell of one container.");
    var wall =
        SecurityGroup.Builder.create(this, "Wall")
            .vpc(network.vpc())
            .description("Roadstead: the relay, reached by its balancer")
            .allowAllOutbound(true)
            .build();
    wall.addIngressRule(network.door(), Port.tcp(RelayProgram.PORT), "the balancer");
    var service =
        FargateService.Builder.create(this, "Service")
            .cluster(cluster)
            .taskDefinition(task())
            .desiredCount(1)
            .minHealthyPercent(100)
            .maxHealthyPercent(200)
            .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
            .assignPublicIp(true)
            .vpcSubnets(RelayNetwork.in(SubnetType.PUBLIC))
            .securityGroups(List.of(wall))
            .build();
    service.getNode().addDependency(network); // its images come by the way out
    return service;
  }

  private FargateTaskDefinition task() {
    var task =
        FargateTaskDefinition.Builder.create(this, "Task")
            .cpu(CPU_UNITS)
            .memoryLimitMiB(MEMORY_MEGABYTES)
            .runtimePlatform(
                RuntimePlatform.builder()
                    .cpuArchitecture(CpuArchitecture.ARM64)
                    .operatingSystemFamily(OperatingSystemFamily.LINUX)
                    .build())
            .taskRole(program.role(this, "ecs-tasks.amazonaws.com"))
            .volumes(List.of(Volume.builder().name(VOLUME).build()))
            .build();
    Accepted.finding(task, "AwsSolutions-ECS2", "Nothing that it is told is secret.");
    var logging = logging();
    var fetch = container(task, "Fetch", fetch(logging));
    container(task, "Relay", relay(logging))
        .addContainerDependencies(
            ContainerDependency.builder()
                .container(fetch)
                .condition(ContainerDependencyCondition.SUCCESS)
                .build());
    return task;
  }

  private static ContainerDefinition container(
      FargateTaskDefinition task, String name, ContainerDefinitionOptions options) {
    var container = task.addContainer(name, options);
    container.addMountPoints(
        MountPoint.builder().sourceVolume(VOLUME).containerPath(FOLDER).readOnly(false).build());
    return container;
  }

  private ContainerDefinitionOptions fetch(LogDriver logging) {
    var image =
        image(
            "RelayFetchImage",
            "amazon/aws-cli:latest",
            "An image with the AWS command line, which fetches the relay's program");
    return ContainerDefinitionOptions.builder()
        .image(image)
        .essential(false)
        .entryPoint(List.of("aws"))
        .command(
            List.of(
                "s3", "cp", "--region", program.region(), program.address(), FOLDER + "/relay.zip"))
        .logging(logging)
        .build();
  }

  private ContainerDefinitionOptions relay(LogDriver logging) {
    var image =
        image(
            "RelayJavaImage",
            "amazoncorretto:25",
            "An image with a JDK 25 and a shell, which the relay runs in");
    return ContainerDefinitionOptions.builder()
        .image(image)
        .entryPoint(List.of("sh", "-c"))
        .command(
            List.of(
                "cd %1$s && jar xf relay.zip && exec java %2$s --always-on"
                    .formatted(FOLDER, RelayProgram.arguments(FOLDER))))
        .environment(program.environment())
        .portMappings(List.of(PortMapping.builder().containerPort(RelayProgram.PORT).build()))
        .logging(logging)
        .build();
  }

  /** For arm64, under a name that stays when constructs move. */
  private ContainerImage image(String name, String usual, String description) {
    var parameter =
        CfnParameter.Builder.create(this, name)
            .type("String")
            .defaultValue(usual)
            .description(description + "; for arm64")
            .build();
    parameter.overrideLogicalId(name);
    return ContainerImage.fromRegistry(parameter.getValueAsString());
  }

  private LogDriver logging() {
    return LogDrivers.awsLogs(
        AwsLogDriverProps.builder().logGroup(log).streamPrefix("relay").build());
  }

  @Override
  public RelayOrigin origin() {
    return origin;
  }

  @Override
  public Optional<ILogGroup> log() {
    return Optional.of(log);
  }
}
