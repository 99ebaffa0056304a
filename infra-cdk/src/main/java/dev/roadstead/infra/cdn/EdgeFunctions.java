package dev.roadstead.infra.cdn;

import dev.roadstead.infra.edge.EdgeCode;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.route.EdgeRouter.Ways;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.FunctionAssociationProperty;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.KeyValueStore;
import software.constructs.Construct;

/** What runs inside the CDN, and the store that it reads its keys from. */
public final class EdgeFunctions extends Construct {
  private final KeyValueStore keys;
  private final Map<Paths, Function> requests = new EnumMap<>(Paths.class);
  private final Function objects;
  private final Function response;

  /** Makes them for an installation that has these ways. */
  public EdgeFunctions(Construct scope, String id, Ways ways) {
    super(scope, id);
    keys =
        KeyValueStore.Builder.create(this, "Keys")
            .comment("Roadstead: the keys of the edge, written by a custom resource")
            .build();
    for (var paths : Paths.values()) {
      requests.put(
          paths,
          Function.Builder.create(this, "Request" + paths.name())
              .comment("Roadstead: where a request goes, " + paths.pattern())
              .runtime(FunctionRuntime.JS_2_0)
              .code(FunctionCode.fromInline(EdgeCode.viewerRequest(paths, ways)))
              .keyValueStore(keys)
              .build());
    }
    objects =
        Function.Builder.create(this, "Objects")
            .comment("Roadstead: who may read an object")
            .runtime(FunctionRuntime.JS_2_0)
            .code(FunctionCode.fromInline(EdgeCode.objects()))
            .keyValueStore(keys)
            .build();
    response =
        Function.Builder.create(this, "Response")
            .comment("Roadstead: what the client hears of a direct PUT")
            .runtime(FunctionRuntime.JS_2_0)
            .code(FunctionCode.fromInline(EdgeCode.viewerResponse()))
            .build();
  }

  /** Where the edge reads its keys. */
  public KeyValueStore keys() {
    return keys;
  }

  /** What runs for requests on these paths, before and after. */
  List<FunctionAssociationProperty> on(Paths paths) {
    var request = requests.get(paths);
    if (request == null) {
      throw new IllegalStateException("every path has a function");
    }
    return List.of(
        association("viewer-request", request), association("viewer-response", response));
  }

  /** What runs before an object is given out. */
  List<FunctionAssociationProperty> onObjects() {
    return List.of(association("viewer-request", objects));
  }

  private static FunctionAssociationProperty association(String event, Function function) {
    return FunctionAssociationProperty.builder()
        .eventType(event)
        .functionArn(function.getFunctionArn())
        .build();
  }
}
