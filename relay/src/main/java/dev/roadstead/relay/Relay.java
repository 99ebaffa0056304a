package dev.roadstead.relay;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Authenticator;
import dev.roadstead.rule.Decision;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * The one part of the registry that is no function: it takes uploads of any length as streams, and
 * gives them to the same protocol as the functions do. Its memory is flat in the length of a blob.
 */
public final class Relay {
  /** How many streams run at once. */
  public static final int MAX_STREAMS = 64;

  /** How many more wait for their turn; each keeps the first bytes of its body in memory. */
  public static final int MAX_WAITING = 256;

  private static final int RETRY_AFTER_SECONDS = 2;

  private final UploadExchange uploads;
  private final Authenticator authenticator;
  private final Semaphore streams = new Semaphore(MAX_STREAMS, true);

  /** A relay into these uploads, for callers that are told apart like this. */
  public Relay(UploadExchange uploads, Authenticator authenticator) {
    this.uploads = uploads;
    this.authenticator = authenticator;
  }

  /**
   * Takes one stream. A {@code PATCH} or {@code PUT} waits while too many others run, because
   * clients give up on a refused one; a {@code POST}, or one too many to wait, is told to come
   * back.
   *
   * @throws RegistryException for what the client has to be told; the body may be unread then
   */
  public Answer handle(RelayRequest request) {
    var repository = read(request.address().name(), RepositoryName::new, ErrorCode.NAME_INVALID);
    ask(request, repository);
    takeTurn(request.operation());
    try {
      return upload(request, repository);
    } finally {
      streams.release();
    }
  }

  private void takeTurn(Operation operation) {
    if (operation != Operation.START_UPLOAD && streams.getQueueLength() < MAX_WAITING) {
      streams.acquireUninterruptibly();
    } else if (!streams.tryAcquire()) {
      throw ErrorCode.TOO_MANY_REQUESTS
          .raise()
          .with("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
    }
  }

  private void ask(RelayRequest request, RepositoryName repository) {
    var access = authenticator.authenticate(request.visitor());
    var question =
        new Decision.Question(
            access.caller(),
            request.operation().action(),
            Optional.of(repository),
            Optional.empty(),
            Optional.empty());
    if (access.decision().decide(question) instanceof Decision.Verdict.Denied(String reason)) {
      throw ErrorCode.DENIED.about(reason);
    }
  }

  private Answer upload(RelayRequest request, RepositoryName repository) {
    var digest = request.digest().map(text -> read(text, Digest::parse, ErrorCode.DIGEST_INVALID));
    var message =
        new UploadExchange.Message(
            repository,
            request.address().last(),
            digest,
            request.contentRange(),
            request.bodyBytes(),
            request.body());
    if (request.operation() == Operation.APPEND_CHUNK) {
      return uploads.append(message);
    }
    if (request.operation() == Operation.FINISH_UPLOAD) {
      return uploads.finish(message);
    }
    if (request.operation() != Operation.START_UPLOAD) {
      throw new IllegalArgumentException("the relay takes no " + request.operation());
    }
    return uploads.whole(
        repository,
        digest.orElseThrow(
            () -> ErrorCode.DIGEST_INVALID.about("a whole blob comes with ?digest=")),
        request.bodyBytes(),
        request.body());
  }

  private static <T> T read(String text, Function<String, T> parser, ErrorCode otherwise) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException wrong) {
      throw otherwise.about(String.valueOf(wrong.getMessage()));
    }
  }
}
