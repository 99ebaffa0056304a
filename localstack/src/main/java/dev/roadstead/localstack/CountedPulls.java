package dev.roadstead.localstack;

import dev.roadstead.endpoints.http.Pull;
import dev.roadstead.endpoints.jobs.CountPulls;
import dev.roadstead.route.Destination;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.wire.Answer;
import java.time.InstantSource;

/** Counts pulls where every answer goes by, whatever process its function is in. */
final class CountedPulls implements FunctionHost {
  private final FunctionHost functions;
  private final CountPulls job;
  private final Runnable soon;
  private final InstantSource clock;

  /**
   * Counts what these functions answer.
   *
   * @param soon begins a run of the job, and does not wait for it
   */
  CountedPulls(FunctionHost functions, CountPulls job, Runnable soon, InstantSource clock) {
    this.functions = functions;
    this.job = job;
    this.soon = soon;
    this.clock = clock;
  }

  @Override
  public Answer call(Destination.Function destination, RequestTarget target, Exchange exchange) {
    var answer = functions.call(destination, target, exchange);
    Pull.of(destination.operation(), destination.address(), answer)
        .filter(pull -> job.add(pull, clock.millis()))
        .ifPresent(full -> soon.run());
    return answer;
  }
}
