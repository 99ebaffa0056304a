package dev.roadstead.localstack.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request, right or wrong. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
record FuzzRequest(
    String method, String target, List<String> headers, byte[] body, Framing framing) {
  private static final int CHUNK_BYTES = 1000;

  /** How a request says where its body ends. */
  enum Framing {
    LENGTH,
    CHUNKED,
    /** It does not say that there is a body, and there is one. */
    NOTHING,
    /** More is announced than comes: the client goes away. */
    TOO_LONG,
    /** Less is announced than comes. */
    TOO_SHORT,
    /** Chunks whose sizes are none, or whose end is missing. */
    BAD_CHUNKS,
    /** Both ways at once. */
    BOTH;

    /** Whether a server may close the connection without a word. */
    boolean isBroken() {
      return switch (this) {
        case LENGTH, CHUNKED -> false;
        case NOTHING, TOO_LONG, TOO_SHORT, BAD_CHUNKS, BOTH -> true;
      };
    }
  }

  static FuzzRequest of(String method, String target, byte[] body, String... headers) {
    return new FuzzRequest(method, target, List.of(headers), body, Framing.LENGTH);
  }

  FuzzRequest with(Framing other) {
    return new FuzzRequest(method, target, headers, body, other);
  }

  FuzzRequest withMethod(String other) {
    return new FuzzRequest(other, target, headers, body, framing);
  }

  FuzzRequest withTarget(String other) {
    return new FuzzRequest(method, other, headers, body, framing);
  }

  FuzzRequest withBody(byte[] other) {
    return new FuzzRequest(method, target, headers, other, framing);
  }

  FuzzRequest withHeader(String header) {
    var more = new ArrayList<>(headers);
    more.add(header);
    return new FuzzRequest(method, target, more, body, framing);
  }

  /** As it goes over the wire; the server is to close the connection after its answer. */
  byte[] wire() {
    var wire = new ByteArrayOutputStream();
    text(wire, method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    headers.forEach(header -> text(wire, header + "\r\n"));
    switch (framing) {
      case LENGTH -> plain(wire, "Content-Length: " + body.length);
      case TOO_LONG -> plain(wire, "Content-Length: " + (body.length + 100));
      case TOO_SHORT -> plain(wire, "Content-Length: " + body.length / 2);
      case NOTHING -> plain(wire, "X-Nothing: 1");
      case BOTH -> chunks(wire, "Content-Length: " + body.length + "\r\n", "0\r\n\r\n");
      case CHUNKED -> chunks(wire, "", "0\r\n\r\n");
      case BAD_CHUNKS -> chunks(wire, "", "-5\r\nhello\r\nxyz");
    }
    return wire.toByteArray();
  }

  private void plain(ByteArrayOutputStream wire, String header) {
    text(wire, header + "\r\n\r\n");
    wire.writeBytes(body);
  }

  private void chunks(ByteArrayOutputStream wire, String header, String end) {
    text(wire, header + "Transfer-Encoding: chunked\r\n\r\n");
    for (int from = 0; from < body.length; from += CHUNK_BYTES) {
      int size = Math.min(CHUNK_BYTES, body.length - from);
      text(wire, Integer.toHexString(size) + "\r\n");
      wire.write(body, from, size);
      text(wire, "\r\n");
    }
    text(wire, end);
  }

  private static void text(ByteArrayOutputStream wire, String text) {
    wire.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "%s %s %s, %s of %d bytes".formatted(method, target, headers, framing, body.length);
  }
}
