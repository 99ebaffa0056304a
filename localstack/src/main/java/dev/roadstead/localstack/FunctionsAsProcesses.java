package dev.roadstead.localstack;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.localstack.runtime.ClassCache;
import dev.roadstead.localstack.runtime.FunctionPackage;
import dev.roadstead.localstack.runtime.Functions;
import dev.roadstead.localstack.runtime.InvocationException;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.store.Ids;
import dev.roadstead.wire.Answer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the functions as they are deployed: packaged, under the Java runtime client, behind what a
 * function URL does to requests and answers.
 *
 * <p>When a function gives no answer, its URL says 502 and nobody tries again; whether the function
 * had an effect is not known. The edge repeats what only reads, once, as a CDN does with a second
 * origin; everything else is for the client to repeat.
 */
final class FunctionsAsProcesses implements FunctionHost, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionsAsProcesses.class);
  private static final Set<Method> ONLY_READ = EnumSet.of(Method.GET, Method.HEAD);
  private static final String LENGTH = "Content-Length";

  /** Its process loads nearly every class that any function needs. */
  private static final Operation LOADS_MOST = Operation.PUT_MANIFEST;

  private final Functions functions;
  private final FunctionBodies bodies = new FunctionBodies();

  /**
   * What functions are made of.
   *
   * @param code their package
   * @param told what each of them is told
   */
  record Setup(FunctionPackage code, ProcessSettings told) {

    private Setup with(Path classCache) {
      return new Setup(code.with(classCache), told);
    }

    private FunctionPackage of(Operation operation) {
      var variables = told.variables(operation);
      return (operation.hashesBlobs() ? code : code.quickToStart()).with(variables);
    }
  }

  private FunctionsAsProcesses(Setup setup, Ids ids, InstantSource clock, Consumer<String> reader) {
    var packages = new TreeMap<String, FunctionPackage>();
    for (var operation : Operation.values()) {
      packages.put(operation.functionName(), setup.of(operation));
    }
    this.functions = new Functions(packages, Functions.Scale.DEFAULT, ids, clock, reader);
  }

  /**
   * Every operation as a function of its own; none is started before it is called. The first time
   * after a build this takes some seconds, which every process saves later.
   *
   * @param reader gets every line of their logs, and must not take long
   */
  static FunctionsAsProcesses of(
      Setup setup, Ids ids, InstantSource clock, Consumer<String> reader) {
    var cache = ClassCache.of(setup.of(LOADS_MOST), ids, clock);
    return new FunctionsAsProcesses(cache.map(setup::with).orElse(setup), ids, clock, reader);
  }

  /** Ends all processes. */
  @Override
  public void close() {
    functions.close();
  }

  @Override
  public Answer call(Destination.Function destination, RequestTarget target, Exchange exchange) {
    var operation = destination.operation();
    try (var body = bodies.read(exchange.body(), exchange.bodyBytes(), operation)) {
      var event = FunctionUrl.event(exchange.request(), exchange.headers(), body.bytes());
      if (event.length > Functions.MAX_PAYLOAD_BYTES) {
        throw EdgeRouter.tooLong(operation);
      }
      return withLength(operation, answer(operation, event));
    }
  }

  private Answer answer(Operation operation, byte[] event) {
    try {
      return invoke(operation, event);
    } catch (InvocationException failed) {
      LOG.warn("no answer: function={} {}", operation.functionName(), failed.getMessage());
    }
    if (ONLY_READ.containsAll(operation.methods())) {
      try {
        return invoke(operation, event);
      } catch (InvocationException again) {
        LOG.warn("again no answer: function={} {}", operation.functionName(), again.getMessage());
      }
    }
    throw ErrorCode.NO_ANSWER.raise();
  }

  private Answer invoke(Operation operation, byte[] event) throws InvocationException {
    try {
      return FunctionUrl.answer(functions.invoke(operation.functionName(), event, TIME_LIMIT));
    } catch (TimeoutException late) {
      throw FunctionHost.tooLate(TIME_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw FunctionHost.ending();
    }
  }

  /** The edge's part: how long a blob or manifest is stands in no other header of a HEAD. */
  private static Answer withLength(Operation operation, Answer answer) {
    var length = answer.headers().get(FunctionUrl.RENAMED + LENGTH);
    if (length == null || !operation.methods().equals(Set.of(Method.HEAD))) {
      return answer;
    }
    var headers = new TreeMap<>(answer.headers());
    headers.remove(FunctionUrl.RENAMED + LENGTH);
    headers.put(LENGTH, length);
    return new Answer(answer.status(), headers, answer.body());
  }
}
