package dev.roadstead.localstack;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.route.Destination;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.wire.Answer;
import java.time.Duration;

/** Where functions run. */
interface FunctionHost {
  /** How long a call may take. */
  Duration TIME_LIMIT = Duration.ofSeconds(30);

  /**
   * Reads the body and calls the function.
   *
   * @throws RegistryException when the function is not called, does not answer, or is not waited
   *     for any longer
   */
  Answer call(Destination.Function destination, RequestTarget target, Exchange exchange);

  /** What a client is told whose function takes too long. */
  static RegistryException tooLate(Duration limit) {
    return ErrorCode.UNAVAILABLE.about(
        "the operation took longer than " + limit.toSeconds() + " s; try again");
  }

  /** What a client is told while the gateway ends. */
  static RegistryException ending() {
    return ErrorCode.UNAVAILABLE.about("the registry is shutting down; try again");
  }
}
