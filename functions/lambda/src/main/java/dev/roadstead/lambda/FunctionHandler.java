package dev.roadstead.lambda;

import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.endpoints.http.Failures;
import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.endpoints.jobs.LoggedPulls;
import dev.roadstead.error.RegistryException;
import dev.roadstead.route.Operation;
import dev.roadstead.store.Ids;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import java.io.InputStream;
import java.util.function.Function;

/**
 * One operation from event to response. It takes and gives bytes, because Spring Cloud Function
 * logs events of every other type whole, credentials included.
 *
 * <p>It throws only when it gets no event at all; the caller of a function URL sees 502 then.
 */
public final class FunctionHandler implements Function<InputStream, byte[]> {
  private final Operation operation;
  private final Endpoint endpoint;
  private final OriginSecrets origin;
  private final Failures failures;
  private final EventReader events;

  /**
   * A handler.
   *
   * @param endpoint the operation's endpoint, guarded
   * @param origin by what the edge is known
   * @param ids where request ids of failures come from
   */
  FunctionHandler(Operation operation, Endpoint endpoint, OriginSecrets origin, Ids ids) {
    this.operation = operation;
    this.endpoint = endpoint;
    this.origin = origin;
    this.failures = new Failures(ids);
    this.events = new EventReader(operation);
  }

  @Override
  public byte[] apply(InputStream event) {
    return ResponseWriter.write(answer(event));
  }

  private Answer answer(InputStream event) {
    try {
      var request = events.read(event);
      origin.check(request);
      var answer = endpoint.handle(request);
      Pull.of(operation, request.address(), answer).ifPresent(LoggedPulls::write);
      return answer;
    } catch (RegistryException | StoreException refused) {
      return failures.answer(operation.functionName(), refused);
    }
  }
}
