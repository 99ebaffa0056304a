package dev.roadstead.localstack;

import dev.roadstead.embedded.StoredObject;
import dev.roadstead.relay.server.LateBytes;
import dev.roadstead.relay.server.RequestBody;
import dev.roadstead.wire.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** One request and its one answer, written by the thread that calls. */
final class Exchange {
  private static final int COPY_BYTES = Gateway.POOLED_BYTES;

  /** On every answer: browsers may neither guess a type nor run what somebody has pushed. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Docker-Distribution-Api-Version", "registry/2.0",
          "X-Content-Type-Options", "nosniff",
          "Content-Security-Policy", "sandbox");

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final RequestBody body;

  Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.body = new RequestBody(request);
  }

  Request request() {
    return request;
  }

  RequestBody body() {
    return body;
  }

  /** The length of the body: 0 when there is none, empty when the client does not say. */
  OptionalLong bodyBytes() {
    long announced = request.getLength();
    if (announced >= 0) {
      return OptionalLong.of(announced);
    }
    boolean streams = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    return !streams && body.atEnd() ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /** The header that shows credentials. */
  Optional<String> authorization() {
    return Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
  }

  /**
   * How the client has reached the registry. A proxy in front may say so; whoever lies here gets an
   * address of the token service that does not answer, and nothing else.
   */
  String scheme() {
    boolean secure =
        "https".equals(request.getHeaders().get(HttpHeader.X_FORWARDED_PROTO))
            || "https".equals(request.getHttpURI().getScheme());
    return secure ? "https" : "http";
  }

  /** The address of whoever sends the request, as numbers. */
  String network() {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress client
        ? client.getAddress().getHostAddress()
        : "";
  }

  /** By lower-case name; several values of one name in their order. */
  Map<String, List<String>> headers() {
    var byName = new TreeMap<String, List<String>>();
    for (var field : request.getHeaders()) {
      byName
          .computeIfAbsent(field.getLowerCaseName(), first -> new ArrayList<>())
          .add(Objects.requireNonNullElse(field.getValue(), ""));
    }
    return byName;
  }

  /**
   * Writes the whole answer. When the body has not been read to its end, the rest is dropped and
   * the connection (of HTTP/2: the stream) closed; see {@link LateBytes}.
   */
  void send(Answer answer) throws IOException {
    boolean early = !body.atEnd();
    if (early) {
      response
          .getHeaders()
          .put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE); // HTTP/2 leaves it out
    }
    writeHead(answer);
    var bytes = isHead() ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(answer.body());
    Content.Sink.write(response, true, bytes);
    if (early && !waitsForContinue()) {
      body.drain(LateBytes.MAX_BYTES, LateBytes.TIME_LIMIT);
    }
    callback.succeeded();
  }

  private boolean isHead() {
    return HttpMethod.HEAD.is(request.getMethod());
  }

  /** Whether the client sends its body only after a 100, which it will not get any more. */
  private boolean waitsForContinue() {
    return request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
  }

  /** Writes a part of an object; the answer brings status and headers, its body is left out. */
  void send(Answer answer, StoredObject object, ByteRange range) throws IOException {
    writeHead(answer.with("Content-Length", range.sizeBytes()));
    if (isHead() || range.sizeBytes() == 0) {
      Content.Sink.write(response, true, BufferUtil.EMPTY_BUFFER);
    } else {
      copy(object, range);
    }
    callback.succeeded();
  }

  /** Writes what a stream has, likewise; one that ends early breaks the connection off. */
  void send(Answer answer, InputStream bytes, long sizeBytes) throws IOException {
    writeHead(answer.with("Content-Length", sizeBytes));
    var buffer = new byte[COPY_BYTES];
    long left = isHead() ? 0 : sizeBytes;
    while (left > 0) {
      int count = bytes.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the object broke off, " + left + " bytes before its end");
      }
      Content.Sink.write(response, false, ByteBuffer.wrap(buffer, 0, count));
      left -= count;
    }
    Content.Sink.write(response, true, BufferUtil.EMPTY_BUFFER);
    callback.succeeded();
  }

  private void copy(StoredObject object, ByteRange range) throws IOException {
    int stepBytes = (int) Math.min(COPY_BYTES, range.sizeBytes());
    var pooled = request.getComponents().getByteBufferPool().acquire(stepBytes, true);
    try {
      var buffer = pooled.getByteBuffer();
      long position = range.first();
      while (position <= range.last()) {
        buffer.clear().limit((int) Math.min(stepBytes, range.last() + 1 - position));
        int count = object.read(buffer, position);
        if (count < 0) {
          throw new IOException("the object ends at byte " + position);
        }
        position += count;
        Content.Sink.write(response, position > range.last(), buffer.flip());
      }
    } finally {
      pooled.release();
    }
  }

  /** Ends the connection, so that the client sees that there is no whole answer. */
  void abort(Throwable cause) {
    callback.failed(cause);
  }

  private void writeHead(Answer answer) {
    response.setStatus(answer.status());
    var headers = response.getHeaders();
    ALWAYS.forEach(headers::put);
    answer.headers().forEach(headers::put);
    // An answer to HEAD says how long the body would be that it has not.
    if (!answer.headers().containsKey("Content-Length") && !HttpStatus.hasNoBody(answer.status())) {
      headers.put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    }
  }
}
