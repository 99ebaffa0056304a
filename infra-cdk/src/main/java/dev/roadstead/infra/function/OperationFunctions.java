package dev.roadstead.infra.function;

import dev.roadstead.route.Operation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import software.constructs.IDependable;

/**
 * A function for each operation of the endpoint table, with exactly the rights that it needs. They
 * share one log, because what reads it is paid and made for each log.
 */
public final class OperationFunctions extends Construct {
  /** The CDN gives up after a minute; the functions are made for less. */
  private static final Duration TIME_LIMIT = Duration.seconds(30);

  /** A check of everything is one call; nobody waits for its answer. */
  private static final Duration LONG_TIME_LIMIT = Duration.minutes(15);

  /** It may wait for the relay; longer than that no client behind the CDN would be told. */
  private static final Duration WAITING_TIME_LIMIT = Duration.seconds(60);

  /** A whole processor where bytes are hashed; elsewhere waiting is most of the time. */
  private static final int HASHING_MEGABYTES = 1769;

  private static final int MEMORY_MEGABYTES = 512;

  private final Map<Operation, RegistryFunction> functions = new EnumMap<>(Operation.class);
  private final Map<Operation, FunctionUrl> urls = new EnumMap<>(Operation.class);
  private final TaskPlans plans;
  private final LogGroup log;
  private final Map<String, String> toldWhatBeginsUploads;

  /**
   * Makes them.
   *
   * @param keys what makes the keys, without which none starts
   * @param toldWhatBeginsUploads what the function that begins uploads is told besides
   */
  public OperationFunctions(
      Construct scope,
      String id,
      TaskPlans plans,
      IDependable keys,
      Map<String, String> toldWhatBeginsUploads) {
    super(scope, id);
    this.plans = plans;
    this.log = RegistryFunction.log(this, "Log");
    this.toldWhatBeginsUploads = Map.copyOf(toldWhatBeginsUploads);
    for (var operation : Operation.values()) {
      var function = new RegistryFunction(this, operation.functionName(), plan(operation, keys));
      functions.put(operation, function);
      urls.put(operation, new FunctionUrl(function, "Address", function.alias()));
    }
  }

  private RegistryFunction.Plan plan(Operation operation, IDependable keys) {
    var told =
        operation == Operation.START_UPLOAD ? toldWhatBeginsUploads : Map.<String, String>of();
    return plans.of(operation, size(operation), log, told, List.of(keys));
  }

  private static RegistryFunction.Size size(Operation operation) {
    boolean hashes = operation.body() == Operation.Body.BLOB;
    return new RegistryFunction.Size(
        hashes ? HASHING_MEGABYTES : MEMORY_MEGABYTES, timeLimit(operation));
  }

  private static Duration timeLimit(Operation operation) {
    if (operation == Operation.START_UPLOAD) {
      return WAITING_TIME_LIMIT;
    }
    return operation == Operation.START_CHECK ? LONG_TIME_LIMIT : TIME_LIMIT;
  }

  /** The host name of each function's address, by the function's name. */
  public Map<String, String> hostNames() {
    var hostNames = new TreeMap<String, String>();
    urls.forEach((operation, url) -> hostNames.put(operation.functionName(), url.hostName()));
    return hostNames;
  }

  /** Their log; its streams have the names of the functions. */
  public ILogGroup log() {
    return log;
  }
}
