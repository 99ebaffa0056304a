package dev.roadstead.localstack;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.registry.RelayWake;
import dev.roadstead.route.Destination;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.wire.Answer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs the functions as what they are without an event format: endpoints that are called. They are
 * held to what they get in the cloud all the same: a body that has arrived whole and is at most
 * {@link Limits#FUNCTION_BODY_BYTES} long, an answer no longer than that, and a limited time.
 */
final class FunctionsInProcess implements FunctionHost {
  private final Map<Operation, Endpoint> functions = new EnumMap<>(Operation.class);
  private final Duration timeLimit;
  private final FunctionBodies bodies = new FunctionBodies();

  /**
   * A host of these functions.
   *
   * @param functions the function of each operation
   * @param timeLimit how long each call may take
   */
  FunctionsInProcess(Function<Operation, Endpoint> functions, Duration timeLimit) {
    for (var operation : Operation.values()) {
      this.functions.put(operation, functions.apply(operation));
    }
    this.timeLimit = timeLimit;
  }

  @Override
  public Answer call(Destination.Function destination, RequestTarget target, Exchange exchange) {
    var operation = destination.operation();
    var function = Objects.requireNonNull(functions.get(operation));
    var body = bodies.read(exchange.body(), exchange.bodyBytes(), operation);
    var request =
        new ApiRequest(
            operation,
            Method.valueOf(exchange.request().getMethod()), // the edge has looked at it
            destination.address(),
            target.query(),
            exchange.headers(),
            body.bytes(),
            exchange.network());
    // A call that takes too long goes on alone, and keeps its part of the memory until it ends.
    return await(
        CompletableFuture.supplyAsync(() -> function.handle(request), Thread::startVirtualThread)
            .whenComplete((answer, failure) -> body.close()),
        limit(operation));
  }

  /** One of them may wait for the relay. */
  private Duration limit(Operation operation) {
    return operation == Operation.START_UPLOAD ? timeLimit.plus(RelayWake.WAIT_LIMIT) : timeLimit;
  }

  private static Answer await(CompletableFuture<Answer> call, Duration limit) {
    try {
      var answer = call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (answer.body().length > Limits.FUNCTION_BODY_BYTES) {
        throw new IllegalStateException(
            "no function may answer with " + answer.body().length + " bytes");
      }
      return answer;
    } catch (TimeoutException late) {
      throw FunctionHost.tooLate(limit);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a function threw", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FunctionHost.ending();
    }
  }
}
