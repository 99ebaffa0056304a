package dev.roadstead.endpoints.upload;

import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Blobs;
import dev.roadstead.registry.RelayWake;
import dev.roadstead.registry.RelayWake.Awakening;
import dev.roadstead.route.Action;
import dev.roadstead.rule.Decision;
import dev.roadstead.rule.Decision.Verdict;
import dev.roadstead.rule.PushStyle;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;
import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v2/<name>/blobs/uploads/} (end-4a, end-4b, end-11): begins an upload, takes a whole
 * blob with {@code ?digest=}, or links one that another repository has with {@code ?mount=}.
 */
public final class StartUpload implements Endpoint {
  private static final Logger LOG = LoggerFactory.getLogger(StartUpload.class);

  private final UploadExchange uploads;
  private final Blobs blobs;
  private final Optional<RelayWake> sleepingRelay;
  private final boolean directPut;

  /**
   * Begins uploads here, and mounts blobs where the caller may pull them.
   *
   * @param sleepingRelay is woken for clients that need it
   * @param directPut whether those do not that send whole blobs
   */
  public StartUpload(
      UploadExchange uploads, Blobs blobs, Optional<RelayWake> sleepingRelay, boolean directPut) {
    this.uploads = uploads;
    this.blobs = blobs;
    this.sleepingRelay = sleepingRelay;
    this.directPut = directPut;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var repository = request.repository();
    var mount =
        request
            .parameter("mount")
            .map(text -> ApiRequest.read(text, Digest::parse, ErrorCode.DIGEST_INVALID));
    if (mount.isPresent() && mounted(request, repository, mount.get())) {
      return UploadExchange.created(repository, mount.get());
    }
    var digest = request.queryDigest();
    if (digest.isPresent() && mount.isEmpty()) {
      var body = Channels.newChannel(new ByteArrayInputStream(request.body()));
      var length = OptionalLong.of(request.body().length);
      return uploads.whole(repository, digest.get(), length, body);
    }
    var algorithm = algorithm(request);
    switch (style(request, algorithm)) {
      case STREAM -> sleepingRelay.ifPresent(StartUpload::wake);
      case EITHER -> sleepingRelay.ifPresent(StartUpload::beginToWake);
      case WHOLE -> {}
    }
    return uploads.start(repository, algorithm);
  }

  /** The object store checks sha256 and nothing else, so a long blob of another kind streams. */
  private PushStyle style(ApiRequest request, Optional<HashAlgorithm> algorithm) {
    boolean mayGoPast = directPut && algorithm.orElse(HashAlgorithm.SHA256) == HashAlgorithm.SHA256;
    return mayGoPast ? PushStyle.of(request.header("user-agent")) : PushStyle.STREAM;
  }

  /** A stream that fails because of it comes again, and the relay is awake then. */
  private static void beginToWake(RelayWake relay) {
    try {
      relay.begin();
    } catch (StoreException notNow) {
      LOG.warn("the relay is not woken: {}", notNow.getMessage());
    }
  }

  /** Before there is a session: one that nobody goes on with would wait a day for its end. */
  private static void wake(RelayWake relay) {
    if (relay.await() instanceof Awakening.StillAsleep(var waited, var refusal)) {
      refusal.ifPresent(why -> LOG.warn("the relay is not woken: {}", why));
      throw ErrorCode.RELAY_ASLEEP.about(
          "the relay, which takes the streams that this client sends, did not wake within "
              + waited.toSeconds()
              + " s; try again in a minute, push with Docker 29 or newer, buildx or containerd,"
              + " or ask the operator to look at the relay");
    }
  }

  /** A mount that is not possible, or not allowed, becomes an ordinary upload. */
  private boolean mounted(ApiRequest request, RepositoryName repository, Digest digest) {
    var from =
        request
            .parameter("from")
            .map(text -> ApiRequest.read(text, RepositoryName::new, ErrorCode.NAME_INVALID));
    if (from.isPresent()) {
      return mounted(request, repository, digest, from.get());
    }
    return request
        .access()
        .sources()
        .map(named -> named.stream().anyMatch(it -> mounted(request, repository, digest, it)))
        .orElseGet(() -> blobs.mount(repository, digest, Optional.empty()));
  }

  private boolean mounted(
      ApiRequest request, RepositoryName repository, Digest digest, RepositoryName from) {
    var question =
        new Decision.Question(
            request.caller(),
            Action.PULL,
            Optional.of(from),
            Optional.empty(),
            Optional.of(digest));
    return request.access().decision().decide(question) instanceof Verdict.Allowed
        && blobs.mount(repository, digest, Optional.of(from));
  }

  private static Optional<HashAlgorithm> algorithm(ApiRequest request) {
    return request
        .parameter("digest-algorithm")
        .map(
            label ->
                HashAlgorithm.named(label)
                    .orElseThrow(
                        () ->
                            ErrorCode.DIGEST_INVALID.about(
                                "this registry knows the digest algorithms sha256 and sha512")));
  }
}
