package dev.roadstead.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a real server and hands on what both sides say, until it is told of a trouble: then
 * it answers every request itself, or does not answer.
 */
final class TroubledServer implements AutoCloseable {
  private final ServerSocket door;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Optional<Trouble> trouble = Optional.empty();

  /** What clients get instead of an answer of the real server. */
  sealed interface Trouble {
    /** An answer. */
    record Refusal(int status, String body) implements Trouble {}

    /** None, though the connection stands. */
    record Silence() implements Trouble {}
  }

  private TroubledServer(ServerSocket door, int port) {
    this.door = door;
    this.port = port;
  }

  static TroubledServer before(URI server) {
    try {
      var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var troubled = new TroubledServer(door, server.getPort());
      Thread.ofVirtual().start(troubled::accept);
      return troubled;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** From now on, for connections that stand already too. */
  void has(Trouble now) {
    trouble = Optional.of(now);
    disconnect();
  }

  void isWell() {
    trouble = Optional.empty();
    disconnect();
  }

  private void disconnect() {
    for (var socket : open) {
      try {
        socket.close();
      } catch (IOException closedAlready) {
        // then it is as it should be
      }
    }
    open.clear();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      switch (trouble.orElse(null)) {
        case null -> handOn(client);
        case Trouble.Refusal(int status, String body) -> refuse(client, status, body);
        case Trouble.Silence() ->
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException gone) {
      // One side has closed the connection.
    }
  }

  private void handOn(Socket client) throws IOException {
    try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(server);
      var up = client.getInputStream();
      var down = server.getOutputStream();
      Thread.ofVirtual().start(() -> copy(up, down));
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    try {
      from.transferTo(to);
      to.close();
    } catch (IOException gone) {
      // As above.
    }
  }

  /** Reads the request first: a client that still sends would miss the answer. */
  private static void refuse(Socket client, int status, String body) throws IOException {
    var in = client.getInputStream();
    var request = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    long length = 0;
    for (var line = request.readLine();
        line != null && !line.isEmpty();
        line = request.readLine()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    request.skip(length);
    var type = body.startsWith("{") ? "application/x-amz-json-1.0" : "application/xml";
    var answer =
        """
        HTTP/1.1 %d Refused
        Content-Type: %s
        Content-Length: %d
        Connection: close

        %s"""
            .formatted(status, type, body.length(), body)
            .replace("\n", "\r\n");
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** A server that is gone. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    disconnect();
  }
}
