package dev.roadstead.aws;

import dev.roadstead.store.StoreException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * What a failed call means: whether it may be repeated, and what the operator should do.
 *
 * @param verdict whether the call took effect
 * @param code the service's own word, or the Java class that says what happened on the way
 * @param advice what to do about it
 */
record Failure(Verdict verdict, String code, String advice) {
  private static final Set<String> NOT_DONE =
      Set.of(
          "TransactionConflictException",
          "TransactionInProgressException",
          "LimitExceededException",
          "OperationAborted",
          "SlowDown",
          "ExistingObjectIsDirectory"); // versitygw, while it removes the folder of another object

  private static final Set<String> TRANSIENT_REASONS =
      Set.of(
          "None",
          "ConditionalCheckFailed",
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");

  /** Whether a call that failed took effect. */
  enum Verdict {
    /** It did not, and may next time. */
    NOT_DONE,
    /** Nobody can say: the answer was lost. */
    UNKNOWN,
    /** It did not, and will not next time. */
    REFUSED
  }

  static Failure of(RuntimeException thrown) {
    return switch (thrown) {
      case TransactionCanceledException cancelled -> of(cancelled);
      case AwsServiceException answered -> of(answered);
      case AbortedException interrupted ->
          new Failure(Verdict.UNKNOWN, "Interrupted", "the registry is shutting down");
      default -> unanswered(thrown);
    };
  }

  private static Failure of(TransactionCanceledException cancelled) {
    var reasons = cancelled.cancellationReasons().stream().map(CancellationReason::code).toList();
    var code = "TransactionCanceled" + reasons.stream().filter(r -> !r.equals("None")).toList();
    return TRANSIENT_REASONS.containsAll(reasons)
        ? new Failure(Verdict.NOT_DONE, code, "many requests change the same items; try again")
        : new Failure(Verdict.REFUSED, code, "this is a defect of the registry");
  }

  private static Failure of(AwsServiceException answered) {
    var details = Optional.ofNullable(answered.awsErrorDetails());
    var code =
        details
            .flatMap(d -> Optional.ofNullable(d.errorCode()))
            .orElse("HTTP" + answered.statusCode());
    if (answered.isThrottlingException() || NOT_DONE.contains(code)) {
      return new Failure(Verdict.NOT_DONE, code, "the service is busy, or its quota is too low");
    }
    if (answered.statusCode() >= 500 || code.equals("RequestTimeout")) {
      return new Failure(Verdict.UNKNOWN, code, "the service has an outage of its own");
    }
    return new Failure(Verdict.REFUSED, code, advice(code, answered.statusCode()));
  }

  private static String advice(String code, int status) {
    return switch (code) {
      case "ExpiredToken", "ExpiredTokenException", "RequestExpired" ->
          "the credentials have expired; renew them";
      case "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "InvalidSignatureException" ->
          "the credentials are not known there; check AWS_ACCESS_KEY_ID and"
              + " AWS_SECRET_ACCESS_KEY";
      case "RequestTimeTooSkewed" -> "this machine's clock is wrong; set it";
      case "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "HTTP301" ->
          "the bucket is in another Region; set AWS_REGION to it";
      case "NoSuchBucket" -> "there is no such bucket; check its name and AWS_REGION";
      case "ResourceNotFoundException" -> "there is no such table; check its name and AWS_REGION";
      default ->
          status == 403 || code.startsWith("AccessDenied")
              ? "the credentials lack a permission; docs/operators.md lists those needed"
              : "the service refused it; the cause has its own words";
    };
  }

  /** Something went wrong before there was an answer. */
  private static Failure unanswered(RuntimeException thrown) {
    var cause =
        Stream.<Throwable>iterate(thrown, each -> each != null, Throwable::getCause)
            .filter(IOException.class::isInstance)
            .findFirst();
    var code = cause.orElse(thrown).getClass().getSimpleName();
    if (cause.isEmpty()) {
      return new Failure(
          Verdict.REFUSED, code, "the call could not be made; check credentials and AWS_REGION");
    }
    boolean neverSent =
        cause.get() instanceof ConnectException
            || cause.get() instanceof UnknownHostException
            || cause.get() instanceof NoRouteToHostException;
    return new Failure(
        neverSent ? Verdict.NOT_DONE : Verdict.UNKNOWN,
        code,
        "the endpoint does not answer; check its address and the network");
  }

  /** One line for the operator's log, in the form of all log lines. */
  StoreException exception(String action, int attempts, RuntimeException thrown) {
    var requestId =
        thrown instanceof AwsServiceException answered
            ? " awsRequestId=" + answered.requestId()
            : "";
    return new StoreException(
        "call failed: action=%s code=%s attempts=%d%s advice=\"%s\""
            .formatted(action, code, attempts, requestId, advice),
        thrown);
  }
}
