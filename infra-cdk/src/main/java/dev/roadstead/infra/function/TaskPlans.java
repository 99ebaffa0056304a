package dev.roadstead.infra.function;

import dev.roadstead.route.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.logs.ILogGroup;
import software.constructs.IDependable;

/** How the function of each task is made: all from one package, each with its own rights. */
public final class TaskPlans {
  private final FunctionPackage functionPackage;
  private final Code code;
  private final Map<String, String> environment;
  private final Grants grants;

  /**
   * Plans.
   *
   * @param environment what all of them are told
   */
  public TaskPlans(
      FunctionPackage functionPackage, Map<String, String> environment, Grants grants) {
    this.functionPackage = functionPackage;
    this.code = functionPackage.code();
    this.environment = Map.copyOf(environment);
    this.grants = grants;
  }

  /**
   * The plan of one function.
   *
   * @param log where it writes what happens
   * @param told besides what all of them are told
   * @param after what has to be there before it starts
   */
  public RegistryFunction.Plan of(
      Task task,
      RegistryFunction.Size size,
      ILogGroup log,
      Map<String, String> told,
      List<IDependable> after) {
    var variables =
        new HashMap<>(
            task.hashesBlobs() ? functionPackage.environment() : functionPackage.quickToStart());
    variables.putAll(environment);
    variables.putAll(told);
    variables.put("ROADSTEAD_FUNCTION", task.functionName());
    return new RegistryFunction.Plan(
        "Roadstead: " + task.functionName(),
        code,
        functionPackage.handler(),
        variables,
        size,
        log,
        grants.statements(Rights.of(task)),
        after);
  }
}
