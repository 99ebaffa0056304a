package dev.roadstead.localstack;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Caller;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import dev.roadstead.wire.Answer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Runs the functions and holds them to what they get in the cloud: a body that has arrived whole
 * and is at most {@link Limits#FUNCTION_BODY_BYTES} long, an answer no longer than that, and a
 * limited time.
 */
final class FunctionHost {
  /** How long a call may take. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  /** How long a function's body may take to arrive. */
  private static final Duration BODY_TIME_LIMIT = Duration.ofSeconds(60);

  /** What all bodies together may take of the memory; further requests wait. */
  private static final int ALL_BODIES_BYTES = 64 * 1024 * 1024;

  private static final int FIRST_BUFFER_BYTES = 64 * 1024;

  private final Map<Operation, Endpoint> functions = new EnumMap<>(Operation.class);
  private final Duration timeLimit;
  private final Semaphore memoryBytes = new Semaphore(ALL_BODIES_BYTES, true);

  /**
   * A host of these functions.
   *
   * @param functions the function of each operation
   * @param timeLimit how long each call may take
   */
  FunctionHost(Function<Operation, Endpoint> functions, Duration timeLimit) {
    for (var operation : Operation.values()) {
      this.functions.put(operation, functions.apply(operation));
    }
    this.timeLimit = timeLimit;
  }

  /**
   * Reads the body and calls the function.
   *
   * @throws RegistryException when the function is not called, or not waited for any longer
   */
  Answer call(Destination.Function destination, RequestTarget target, Exchange exchange) {
    var announced = exchange.bodyBytes();
    int reserved = (int) announced.orElse(Limits.FUNCTION_BODY_BYTES);
    memoryBytes.acquireUninterruptibly(reserved);
    CompletableFuture<Answer> call;
    try {
      var operation = destination.operation();
      var request =
          new ApiRequest(
              operation,
              destination.address(),
              target.query(),
              exchange.headers(),
              read(exchange.body(), announced, operation),
              Caller.ANONYMOUS);
      var function = Objects.requireNonNull(functions.get(operation));
      call =
          CompletableFuture.supplyAsync(() -> function.handle(request), Thread::startVirtualThread)
              .whenComplete((answer, failure) -> memoryBytes.release(reserved));
    } catch (RegistryException refused) {
      memoryBytes.release(reserved);
      throw refused;
    }
    return await(call);
  }

  private static byte[] read(RequestBody body, OptionalLong announced, Operation operation) {
    var deadline = Deadline.after(BODY_TIME_LIMIT);
    var buffer = ByteBuffer.allocate((int) announced.orElse(FIRST_BUFFER_BYTES));
    while (body.read(buffer, deadline) >= 0) {
      if (buffer.position() > Limits.FUNCTION_BODY_BYTES) {
        throw EdgeRouter.tooLong(operation);
      }
      if (!buffer.hasRemaining() && announced.isEmpty()) {
        buffer = twiceAsLarge(buffer);
      }
    }
    return buffer.hasRemaining()
        ? Arrays.copyOf(buffer.array(), buffer.position())
        : buffer.array();
  }

  /** But no larger than it takes to see that a body is too long. */
  private static ByteBuffer twiceAsLarge(ByteBuffer full) {
    int size = Math.min(2 * full.capacity(), Limits.FUNCTION_BODY_BYTES + 1);
    return ByteBuffer.allocate(size).put(full.flip());
  }

  private Answer await(CompletableFuture<Answer> call) {
    try {
      var answer = call.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
      if (answer.body().length > Limits.FUNCTION_BODY_BYTES) {
        throw new IllegalStateException(
            "no function may answer with " + answer.body().length + " bytes");
      }
      return answer;
    } catch (TimeoutException late) {
      throw ErrorCode.UNAVAILABLE.about(
          "the operation took longer than " + timeLimit.toSeconds() + " s; try again");
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a function threw", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw ErrorCode.UNAVAILABLE.about("the registry is shutting down; try again");
    }
  }
}
