package dev.roadstead.infra.function;

import dev.roadstead.route.Operation;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.Construct;

/** A function for each operation of the endpoint table, with exactly the rights that it needs. */
public final class OperationFunctions extends Construct {
  /** The CDN gives up after a minute; the functions are made for less. */
  private static final Duration TIME_LIMIT = Duration.seconds(30);

  /** A check of everything is one call; nobody waits for its answer. */
  private static final Duration LONG_TIME_LIMIT = Duration.minutes(15);

  /** A whole processor where bytes are hashed; elsewhere waiting is most of the time. */
  private static final int HASHING_MEGABYTES = 1769;

  private static final int MEMORY_MEGABYTES = 512;

  private final Map<Operation, RegistryFunction> functions = new EnumMap<>(Operation.class);
  private final Map<Operation, FunctionUrl> urls = new EnumMap<>(Operation.class);
  private final FunctionPackage functionPackage;
  private final Code code;
  private final Map<String, String> environment;
  private final Grants grants;

  /**
   * Makes them.
   *
   * @param environment what all of them are told
   */
  public OperationFunctions(
      Construct scope,
      String id,
      FunctionPackage functionPackage,
      Map<String, String> environment,
      Grants grants) {
    super(scope, id);
    this.functionPackage = functionPackage;
    this.code = functionPackage.code();
    this.environment = environment;
    this.grants = grants;
    for (var operation : Operation.values()) {
      var function = new RegistryFunction(this, operation.functionName(), plan(operation));
      functions.put(operation, function);
      urls.put(operation, new FunctionUrl(function, "Address", function.alias()));
    }
  }

  private RegistryFunction.Plan plan(Operation operation) {
    var told =
        new HashMap<>(
            operation.hashesBlobs()
                ? functionPackage.environment()
                : functionPackage.quickToStart());
    told.putAll(environment);
    told.put("ROADSTEAD_FUNCTION", operation.functionName());
    return new RegistryFunction.Plan(
        "Roadstead: " + operation.functionName(),
        code,
        functionPackage.handler(),
        told,
        size(operation),
        grants.statements(Rights.of(operation)));
  }

  private static RegistryFunction.Size size(Operation operation) {
    boolean hashes = operation.body() == Operation.Body.BLOB;
    return new RegistryFunction.Size(
        hashes ? HASHING_MEGABYTES : MEMORY_MEGABYTES,
        operation == Operation.START_CHECK ? LONG_TIME_LIMIT : TIME_LIMIT);
  }

  /** The host name of each function's address, by the function's name. */
  public Map<String, String> hostNames() {
    var hostNames = new TreeMap<String, String>();
    urls.forEach((operation, url) -> hostNames.put(operation.functionName(), url.hostName()));
    return hostNames;
  }

  /** Their logs. */
  public Collection<? extends ILogGroup> logs() {
    return functions.values().stream().map(RegistryFunction::log).toList();
  }
}
