package dev.roadstead.localstack;

import dev.roadstead.aws.S3BlobStore;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.registry.Keys;
import dev.roadstead.relay.server.RequestBody;
import dev.roadstead.route.Destination.DirectPut;
import dev.roadstead.store.StoreException;
import dev.roadstead.wire.Answer;
import dev.roadstead.wire.UploadExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/**
 * A bucket as clients see it. A blob goes to S3 in a request that is built here, of nothing that
 * the client sent but its bytes and their number, as the CDN's edge builds it; S3 checks the digest
 * before the object is there. Reading follows the signed address, so that one host name is enough.
 */
final class S3StoreDoor implements ObjectStoreDoor {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

  /** How long S3 may be silent. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

  /** How much of an error document is read. */
  private static final int MAX_ERROR_BYTES = 16 * 1024;

  private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,64})</Code>");

  private final S3BlobStore blobs;
  private final Consumer<DirectPut> blobCreated;
  private final Semaphore streams = new Semaphore(MAX_STREAMS, true);

  /**
   * A door to this bucket.
   *
   * @param blobCreated is told of every blob that was stored; must not block
   */
  S3StoreDoor(S3BlobStore blobs, Consumer<DirectPut> blobCreated) {
    this.blobs = blobs;
    this.blobCreated = blobCreated;
  }

  @Override
  public Answer put(DirectPut put, RequestBody body) {
    var repository = put.location().repository();
    var key = Keys.directPut(repository, put.digest(), put.location().session());
    var signed = blobs.directPut(key, put.digest(), repository);
    streams.acquireUninterruptibly();
    try {
      send(put, signed.address(), signed.headers(), body);
    } finally {
      streams.release();
    }
    blobCreated.accept(put);
    return UploadExchange.created(repository, put.digest());
  }

  /** Breaks off when the client does: S3 then stores nothing. */
  private static void send(
      DirectPut put, URI address, Map<String, String> headers, RequestBody body) {
    var connection = connect(address);
    boolean whole = false;
    try {
      connection.setRequestMethod("PUT");
      headers.forEach(connection::setRequestProperty);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(put.sizeBytes());
      copy(body, connection);
      if (connection.getResponseCode() != HttpStatus.OK_200) {
        throw refusal(connection, put);
      }
      connection.getInputStream().close();
      whole = true;
    } catch (IOException failed) {
      throw unreachable(failed);
    } finally {
      if (!whole) {
        connection.disconnect();
      }
    }
  }

  private static HttpURLConnection connect(URI address) {
    try {
      var connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
      connection.setReadTimeout((int) SILENCE_LIMIT.toMillis());
      connection.setUseCaches(false);
      return connection;
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private static void copy(RequestBody body, HttpURLConnection connection) throws IOException {
    try (var target = connection.getOutputStream()) {
      var buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (body.read(buffer) >= 0) {
        target.write(buffer.array(), 0, buffer.position());
        buffer.clear();
      }
    }
  }

  private static RuntimeException refusal(HttpURLConnection connection, DirectPut put)
      throws IOException {
    var code = errorCode(connection);
    return switch (code) {
      case "BadDigest",
          "XAmzContentChecksumMismatch",
          "XAmzContentSHA256Mismatch",
          "InvalidRequest" ->
          ErrorCode.DIGEST_INVALID.about(
              "the bytes received do not have the digest " + put.digest() + "; nothing was stored");
      default -> failure("DirectPut", code, connection.getResponseCode());
    };
  }

  private static String errorCode(HttpURLConnection connection) throws IOException {
    try (var error = connection.getErrorStream()) {
      if (error == null) {
        return "HTTP" + connection.getResponseCode();
      }
      var text = new String(error.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
      var code = ERROR_CODE.matcher(text);
      return code.find() ? code.group(1) : "HTTP" + connection.getResponseCode();
    }
  }

  private static StoreException failure(String action, String code, int status) {
    return new StoreException(
        "call failed: action=%s code=%s status=%d".formatted(action, code, status));
  }

  private static StoreException unreachable(IOException failed) {
    return new StoreException(
        "call failed: action=DirectPut advice=\"the S3 endpoint does not answer; check its address"
            + " and the network\"",
        failed);
  }

  @Override
  public boolean serves(String path) {
    return false;
  }

  @Override
  public Reply get(String address, Optional<String> range) {
    var connection = connect(URI.create(address));
    range.filter(ByteRange::isUsual).ifPresent(r -> connection.setRequestProperty("Range", r));
    try {
      return switch (connection.getResponseCode()) {
        case HttpStatus.OK_200, HttpStatus.PARTIAL_CONTENT_206 -> bytes(connection);
        case HttpStatus.NOT_FOUND_404 -> throw ErrorCode.BLOB_UNKNOWN.raise();
        case HttpStatus.FORBIDDEN_403 ->
            throw ErrorCode.DENIED.about("this address has expired; ask the registry again");
        case HttpStatus.RANGE_NOT_SATISFIABLE_416 -> throw unsatisfiable(address);
        default -> throw failure("GetObject", errorCode(connection), connection.getResponseCode());
      };
    } catch (IOException failed) {
      throw unreachable(failed);
    }
  }

  private static Reply bytes(HttpURLConnection connection) throws IOException {
    var head =
        new Answer(connection.getResponseCode(), Map.of(), new byte[0])
            .with("Content-Type", "application/octet-stream")
            .with("Accept-Ranges", "bytes");
    var range = connection.getHeaderField("Content-Range");
    return new Reply.Stream(
        range == null ? head : head.with("Content-Range", range),
        connection.getInputStream(),
        connection.getContentLengthLong());
  }

  /** S3 does not say everywhere how long the object is, and clients that resume want to know. */
  private static RegistryException unsatisfiable(String address) throws IOException {
    var whole = connect(URI.create(address));
    long size = whole.getContentLengthLong();
    whole.disconnect();
    return ErrorCode.RANGE_UNSATISFIABLE
        .about("the blob has " + size + " bytes")
        .with("Content-Range", "bytes */" + size);
  }
}
