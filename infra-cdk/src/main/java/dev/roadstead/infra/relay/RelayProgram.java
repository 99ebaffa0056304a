package dev.roadstead.infra.relay;

import dev.roadstead.infra.review.Accepted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** The program of the relay among the assets, and how it runs wherever it has been unpacked. */
final class RelayProgram {
  /** Where it listens. */
  static final int PORT = 8080;

  private static final String MAIN = "dev.roadstead.relay.server.RelayServer";

  private final Asset zip;
  private final Relay.Plan plan;

  /** The one of this plan. */
  RelayProgram(Construct scope, String id, Relay.Plan plan) {
    this.zip = Asset.Builder.create(scope, id).path(plan.zip()).build();
    this.plan = plan;
  }

  /** Where it lies, for whoever has {@link #role}. */
  String address() {
    return "s3://%s/%s".formatted(zip.getS3BucketName(), zip.getS3ObjectKey());
  }

  /** Everything it is told. */
  Map<String, String> environment() {
    var told = new TreeMap<>(plan.environment());
    told.put("AWS_REGION", region());
    return told;
  }

  /** Where table and bucket are, and the program. */
  String region() {
    return Stack.of(zip).getRegion();
  }

  /** What changes with the program, and with what it is told as far as that is known here. */
  String version() {
    var told = new TreeMap<>(plan.environment());
    told.values().removeIf(Token::isUnresolved);
    return zip.getAssetHash() + told;
  }

  /** Java's options and arguments in a command line, unpacked here; within 1 GB of memory. */
  static String arguments(String folder) {
    return "-XX:+UseSerialGC -Xms32m -Xmx256m -XX:MaxDirectMemorySize=160m"
        + " --add-opens=java.base/java.security=ALL-UNNAMED"
        + " --add-opens=java.base/sun.security.provider=ALL-UNNAMED"
        + " -cp \"%s/lib/*\" %s --address=0.0.0.0 --port=%d".formatted(folder, MAIN, PORT);
  }

  /** A role for this service that may fetch the program, and what the plan says. */
  Role role(Construct scope, String service) {
    var document = PolicyDocument.Builder.create().statements(List.copyOf(plan.rights())).build();
    document.addStatements(
        PolicyStatement.Builder.create()
            .actions(List.of("s3:GetObject"))
            .resources(List.of(zip.getBucket().arnForObjects(zip.getS3ObjectKey())))
            .build());
    var role =
        Role.Builder.create(scope, "Role")
            .assumedBy(new ServicePrincipal(service))
            .inlinePolicies(Map.of("rights", document))
            .build();
    Accepted.finding(
        role,
        "AwsSolutions-IAM5",
        "The wildcards are the objects below the prefixes that uploads work on; a test holds the"
            + " role to the rights of the functions whose longer bodies it takes.");
    return role;
  }
}
