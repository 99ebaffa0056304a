package dev.roadstead.infra.function;

import dev.roadstead.infra.review.Accepted;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * A Java function with a role of its own. It is called through its alias, behind which stands a
 * published version that is started from a snapshot.
 */
public final class RegistryFunction extends Construct {
  /** What callers name; it moves to the next version when that has its snapshot. */
  private static final String ALIAS = "live";

  private final Alias alias;

  /**
   * How a function is made.
   *
   * @param code its package
   * @param handler the class that Lambda calls
   * @param environment everything it is told
   * @param log where it writes what happens
   * @param rights what it may do besides
   * @param after what has to be there before it is started for its snapshot
   */
  public record Plan(
      String description,
      Code code,
      String handler,
      Map<String, String> environment,
      Size size,
      ILogGroup log,
      Collection<PolicyStatement> rights,
      List<IDependable> after) {}

  /**
   * What a function gets.
   *
   * @param memoryMegabytes and with it a share of the processors: 1,769 MB are one
   */
  public record Size(int memoryMegabytes, Duration timeLimit) {}

  /** Makes a function. */
  public RegistryFunction(Construct scope, String id, Plan plan) {
    super(scope, id);
    var function =
        Function.Builder.create(this, "Function")
            .description(plan.description())
            .runtime(Runtime.JAVA_25)
            .architecture(Architecture.ARM_64)
            .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
            .code(plan.code())
            .handler(plan.handler())
            .environment(new HashMap<>(plan.environment()))
            .memorySize(plan.size().memoryMegabytes())
            .timeout(plan.size().timeLimit())
            .role(role(plan))
            .logGroup(plan.log())
            .build();
    // There is a version, and the alias is what is called.
    Annotations.of(function).acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish");
    plan.after().forEach(function.getCurrentVersion().getNode()::addDependency);
    alias =
        Alias.Builder.create(this, "Alias")
            .aliasName(ALIAS)
            .version(function.getCurrentVersion())
            .build();
  }

  private Role role(Plan plan) {
    var log =
        PolicyStatement.Builder.create()
            .actions(List.of("logs:CreateLogStream", "logs:PutLogEvents"))
            .resources(List.of(plan.log().getLogGroupArn()))
            .build();
    var document = PolicyDocument.Builder.create().statements(List.of(log)).build();
    plan.rights().forEach(document::addStatements);
    var role =
        Role.Builder.create(this, "Role")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .inlinePolicies(Map.of("rights", document))
            .build();
    Accepted.finding(
        role,
        "AwsSolutions-IAM5",
        "The wildcards are the streams of the function's log and the objects below the"
            + " prefixes that its operation works on; a test holds every role to the rights"
            + " table.");
    return role;
  }

  /** A log of functions, for a month. */
  public static LogGroup log(Construct scope, String id) {
    return LogGroup.Builder.create(scope, id)
        .retention(RetentionDays.ONE_MONTH)
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  /** What others call. */
  public Alias alias() {
    return alias;
  }
}
