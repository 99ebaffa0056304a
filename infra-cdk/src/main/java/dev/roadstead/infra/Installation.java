package dev.roadstead.infra;

import dev.roadstead.infra.function.FunctionPackage;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.StackProps;

/** The stacks of one registry, for any account and Region. */
public record Installation(App app, DataStack data, RegistryStack registry) {
  /** The data cannot be deleted while a registry names it. */
  private static final Map<String, Object> CDK_SETTINGS =
      Map.of("@aws-cdk/core:defaultCrossStackReferences", "strong");

  private static final String DATA = "RoadsteadData";
  private static final String REGISTRY = "Roadstead";
  private static final String LIMIT = "RoadsteadLimit";

  /** Makes the stacks, to be written into this folder; calls nothing. */
  public static Installation of(
      Switches switches, FunctionPackage functions, Path relayZip, Path output) {
    var app =
        App.Builder.create()
            .outdir(output.toString())
            .context(CDK_SETTINGS)
            .analyticsReporting(false)
            .treeMetadata(false)
            .build();
    var data =
        new DataStack(
            app, DATA, StackProps.builder().description("What a Roadstead registry keeps").build());
    var registry =
        new RegistryStack(
            app,
            REGISTRY,
            StackProps.builder().description("A Roadstead registry").build(),
            new RegistryStack.Parts(data, functions, relayZip.toString(), switches));
    switches.requestsPerMinute().ifPresent(limit -> new LimitStack(app, LIMIT, limit));
    return new Installation(app, data, registry);
  }
}
