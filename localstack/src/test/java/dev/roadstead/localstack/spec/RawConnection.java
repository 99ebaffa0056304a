package dev.roadstead.localstack.spec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One request as no polite client sends it: broken off, or never ended. */
final class RawConnection implements AutoCloseable {
  /** Longer than any silence that the server under test puts up with. */
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;

  RawConnection(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends a request line and headers, and the empty line after them. */
  RawConnection head(String requestLine, String... headers) {
    var lines = requestLine + " HTTP/1.1\r\nHost: registry\r\n";
    return text(
        lines + String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()) + "\r\n");
  }

  RawConnection text(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection bytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Says that nothing more comes; an answer can still be read. */
  RawConnection breakOff() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until the server closes the connection; its answer, if it has given one. */
  Optional<Reply> lastWords(String method) {
    byte[] words;
    try {
      words = socket.getInputStream().readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException("the server neither answers nor closes", failed);
    }
    return words.length == 0 ? Optional.empty() : Optional.of(reply(method, words));
  }

  private static Reply reply(String method, byte[] words) {
    try (var in = new ByteArrayInputStream(words)) {
      int status = Integer.parseInt(line(in).split(" ", 3)[1]);
      Map<String, List<String>> fields = new TreeMap<>();
      for (var line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        fields
            .computeIfAbsent(line.substring(0, colon), first -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
      var headers = HttpHeaders.of(fields, (name, value) -> true);
      return new Reply(method, status, headers, in.readAllBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
