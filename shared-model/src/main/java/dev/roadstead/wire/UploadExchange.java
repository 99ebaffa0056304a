package dev.roadstead.wire;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.registry.AppendResult;
import dev.roadstead.registry.Chunk;
import dev.roadstead.registry.FinishResult;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.registry.Uploads;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.nio.channels.ReadableByteChannel;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The upload half of the API (distribution spec, "Pushing blobs"), the same for functions, which
 * have a whole body, and for the relay, which has a stream.
 */
public final class UploadExchange {
  private final Uploads uploads;
  private final LocationKeys locationKeys;
  private final RegistrySettings settings;
  private final InstantSource clock;

  /** The exchange for these uploads. */
  public UploadExchange(
      Uploads uploads, LocationKeys locationKeys, RegistrySettings settings, InstantSource clock) {
    this.uploads = uploads;
    this.locationKeys = locationKeys;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A request to an upload location.
   *
   * @param location the last segment of the path
   * @param digest the query parameter, which only a PUT needs
   * @param contentRange the header, if there is one
   * @param lengthBytes the length of the body, if it is known
   */
  public record Message(
      RepositoryName repository,
      String location,
      Optional<Digest> digest,
      Optional<String> contentRange,
      OptionalLong lengthBytes,
      ReadableByteChannel body) {}

  /** {@code POST}: a new upload, with nothing in it. */
  public Answer start(RepositoryName repository, Optional<HashAlgorithm> algorithm) {
    return accepted(begun(repository, uploads.start(repository, algorithm)), 0);
  }

  private UploadLocation begun(RepositoryName repository, SessionId session) {
    long directUntil = clock.instant().plus(settings.directLife()).getEpochSecond();
    return new UploadLocation(repository, session, Phase.FRESH, directUntil);
  }

  /** {@code POST ?digest=} with a body: a whole blob in one request. */
  public Answer whole(
      RepositoryName repository,
      Digest digest,
      OptionalLong lengthBytes,
      ReadableByteChannel body) {
    var session = uploads.start(repository, Optional.of(digest.algorithm()));
    var chunk = new Chunk(OptionalLong.of(0), lengthBytes, body);
    var result = uploads.finish(repository, session, digest, chunk);
    return finished(begun(repository, session), digest, result);
  }

  /** {@code PATCH}: a chunk. */
  public Answer append(Message message) {
    var location = verify(message.repository(), message.location());
    var result = uploads.append(message.repository(), location.session(), chunk(message));
    if (result instanceof AppendResult.Accepted(long offsetBytes)) {
      return accepted(location.in(Phase.CHUNKED), offsetBytes);
    }
    throw refusal(location, result);
  }

  /** {@code PUT ?digest=}: the last chunk, or none, and the end. */
  public Answer finish(Message message) {
    var repository = message.repository();
    var location = verify(repository, message.location());
    var digest =
        message
            .digest()
            .orElseThrow(
                () -> ErrorCode.DIGEST_INVALID.about("end an upload with PUT <location>?digest="));
    boolean empty = message.lengthBytes().orElse(-1) == 0;
    var result =
        empty
            ? uploads.finish(repository, location.session(), digest)
            : uploads.finish(repository, location.session(), digest, chunk(message));
    return finished(location, digest, result);
  }

  /** {@code GET}: how far an upload has come. */
  public Answer status(RepositoryName repository, String segment) {
    var location = verify(repository, segment);
    var status =
        uploads
            .status(repository, location.session())
            .orElseThrow(ErrorCode.BLOB_UPLOAD_UNKNOWN::raise);
    var phase = status.fresh() ? Phase.FRESH : Phase.CHUNKED;
    var accepted = accepted(location.in(phase), status.offsetBytes());
    return new Answer(204, accepted.headers(), accepted.body());
  }

  /** {@code DELETE}: the end, without a blob. */
  public Answer cancel(RepositoryName repository, String segment) {
    if (!uploads.cancel(repository, verify(repository, segment).session())) {
      throw ErrorCode.BLOB_UPLOAD_UNKNOWN.raise();
    }
    return Answer.of(204);
  }

  private UploadLocation verify(RepositoryName repository, String segment) {
    return locationKeys
        .verify(repository, segment)
        .orElseThrow(ErrorCode.BLOB_UPLOAD_UNKNOWN::raise);
  }

  private static Chunk chunk(Message message) {
    var range = message.contentRange().map(ContentRange::parse);
    if (range.isEmpty()) {
      return new Chunk(OptionalLong.empty(), message.lengthBytes(), message.body());
    }
    long announced = range.get().lengthBytes();
    long actual = message.lengthBytes().orElse(announced);
    if (announced != actual) {
      throw ErrorCode.SIZE_INVALID.about(
          "Content-Range announces " + announced + " bytes, the body has " + actual);
    }
    return new Chunk(
        OptionalLong.of(range.get().first()), OptionalLong.of(announced), message.body());
  }

  private Answer accepted(UploadLocation location, long offsetBytes) {
    var path = "/v2/" + location.repository() + "/blobs/uploads/" + locationKeys.sign(location);
    return Answer.of(202)
        .with("Location", path)
        .with("Docker-Upload-UUID", location.session())
        .with("Range", range(offsetBytes));
  }

  /** The answer that a blob is there. */
  public static Answer created(RepositoryName repository, Digest digest) {
    return Answer.of(201)
        .with("Location", "/v2/" + repository + "/blobs/" + digest)
        .with("Docker-Content-Digest", digest);
  }

  private Answer finished(UploadLocation location, Digest digest, FinishResult result) {
    return switch (result) {
      case FinishResult.Created created -> created(location.repository(), digest);
      case FinishResult.WrongDigest(var actual) ->
          throw ErrorCode.DIGEST_INVALID.about(
              "the bytes have the digest "
                  + digest.algorithm().label()
                  + ":"
                  + actual
                  + "; the upload is discarded, start a new one");
      case FinishResult.OtherAlgorithm other ->
          throw ErrorCode.DIGEST_INVALID.about(
              "a long upload is hashed with sha256 unless it begins with POST ?digest-algorithm="
                  + digest.algorithm().label());
      case FinishResult.Overtaken overtaken ->
          throw ErrorCode.BLOB_UPLOAD_INVALID.about(
              "other requests are changing this upload; ask its status and go on from there");
      case FinishResult.NotTaken(var reason) -> throw refusal(location, reason);
    };
  }

  private RegistryException refusal(UploadLocation location, AppendResult result) {
    return switch (result) {
      case AppendResult.OutOfOrder(long offsetBytes) -> {
        var refusal =
            ErrorCode.UPLOAD_RANGE_INVALID.about(
                "the next byte this upload takes is number " + offsetBytes);
        var next = accepted(location.in(Phase.CHUNKED), offsetBytes);
        for (var header : next.headers().entrySet()) {
          refusal = refusal.with(header.getKey(), header.getValue());
        }
        yield refusal;
      }
      case AppendResult.WrongLength(long announced, long received) ->
          ErrorCode.SIZE_INVALID.about(
              "announced were " + announced + " bytes, received " + received);
      case AppendResult.Closing closing ->
          ErrorCode.BLOB_UPLOAD_INVALID.about("this upload is being finished");
      case AppendResult.TooManyChunks(int limit) ->
          ErrorCode.BLOB_UPLOAD_INVALID.about(
              "an upload takes " + limit + " chunks; start again with larger ones");
      case AppendResult.Unknown unknown -> ErrorCode.BLOB_UPLOAD_UNKNOWN.raise();
      case AppendResult.Accepted accepted ->
          throw new IllegalStateException("not a refusal: " + accepted);
    };
  }

  /** Both ends included; what nothing looks like is not in the spec, and clients know 0-0. */
  private static String range(long offsetBytes) {
    return "0-" + Math.max(0, offsetBytes - 1);
  }
}
