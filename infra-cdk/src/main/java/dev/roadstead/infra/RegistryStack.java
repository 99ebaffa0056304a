package dev.roadstead.infra;

import dev.roadstead.infra.cdn.Cdn;
import dev.roadstead.infra.cdn.EdgeFunctions;
import dev.roadstead.infra.function.FunctionPackage;
import dev.roadstead.infra.function.Grants;
import dev.roadstead.infra.function.OperationFunctions;
import dev.roadstead.infra.watch.Alarms;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/**
 * The registry itself: CDN, functions, alarms. It keeps nothing: it may be deleted and made anew on
 * the same data.
 */
public final class RegistryStack extends Stack {

  /** What a registry is made of. */
  public record Parts(DataStack data, FunctionPackage functions, Switches switches) {}

  /** A registry. */
  public RegistryStack(Construct scope, String id, @Nullable StackProps properties, Parts parts) {
    super(scope, id, properties);
    var switches = parts.switches();
    var edge = new EdgeFunctions(this, "Edge", switches.ways());
    var grants = new Grants(parts.data().table(), DataStack.CANDIDATES, parts.data().bucket());
    var functions =
        new OperationFunctions(
            this, "Functions", parts.functions(), environment(parts.data()), grants);
    var cdn =
        new Cdn(
            this,
            "Cdn",
            edge,
            new Cdn.Behind(functions.hostNames(), parts.data().bucket(), Grants.DIRECT_PUTS),
            switches.domain().map(own -> new Cdn.HostName(own.hostName(), own.certificateArn())));
    new Alarms(this, "Alarms", id, switches.alarmsTo()).failures(functions.logs());
    CfnOutput.Builder.create(this, "HostName")
        .description("What stands before the names of images; a domain of one's own leads here")
        .value(cdn.hostName())
        .build();
  }

  private static Map<String, String> environment(DataStack data) {
    return Map.of(
        "ROADSTEAD_TABLE", data.table().getTableName(),
        "ROADSTEAD_BUCKET", data.bucket().getBucketName());
  }
}
