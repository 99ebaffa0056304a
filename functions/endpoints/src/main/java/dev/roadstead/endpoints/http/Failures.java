package dev.roadstead.endpoints.http;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.store.Ids;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.ErrorDocument;
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
      case StoreException unreachable -> failed(operation, unreachable, ErrorCode.UNAVAILABLE);
      default -> failed(operation, failure, ErrorCode.INTERNAL);
    };
  }

  private Answer failed(String operation, RuntimeException failure, ErrorCode code) {
    var requestId = ids.next();
    LOG.error("request failed: requestId={} operation={}", requestId, operation, failure);
    return ErrorDocument.of(code.about(code.message() + " (request " + requestId + ")"));
  }
}
