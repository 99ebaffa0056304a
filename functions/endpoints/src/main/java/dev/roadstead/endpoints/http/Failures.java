package dev.roadstead.endpoints.http;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.store.Ids;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.ErrorDocument;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever goes wrong into the spec's JSON. The client of a failure gets a request id and
 * nothing else; the operator's log has the rest under that id.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Ids ids;

  /** Takes request ids from here. */
  public Failures(Ids ids) {
    this.ids = ids;
  }

  /**
   * The answer to a request that was refused or that failed.
   *
   * @param operation what was tried, for the log
   */
  public Answer answer(String operation, RuntimeException failure) {
    return switch (failure) {
      case RegistryException refusal -> ErrorDocument.of(refusal);
      case StoreException unreachable -> unavailable(operation, unreachable);
      default -> failed(operation, failure);
    };
  }

  /** One line: what the store says is what the operator needs; where in our code says nothing. */
  private Answer unavailable(String operation, StoreException failure) {
    var requestId = ids.next();
    LOG.error(
        "request failed: requestId={} operation={} {} cause=\"{}\"",
        requestId,
        operation,
        failure.getMessage(),
        firstCause(failure));
    return answer(ErrorCode.UNAVAILABLE, requestId);
  }

  private static String firstCause(Throwable failure) {
    var cause = failure.getCause();
    return cause == null ? "" : String.valueOf(cause).lines().findFirst().orElse("");
  }

  private Answer failed(String operation, RuntimeException failure) {
    var requestId = ids.next();
    LOG.error("request failed: requestId={} operation={}", requestId, operation, failure);
    return answer(ErrorCode.INTERNAL, requestId);
  }

  private static Answer answer(ErrorCode code, UUID requestId) {
    return ErrorDocument.of(code.about(code.message() + " (request " + requestId + ")"));
  }
}
