package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * A network that fails once: stands before the registry, hands on what both sides say, and breaks
 * off the first connection that has brought so many bytes to the client.
 */
final class CuttingProxy implements AutoCloseable {
  private static final Pattern REST = Pattern.compile("(?im)^range: bytes=[1-9][0-9]*-");
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket door;
  private final int registryPort;
  private final long cutAfterBytes;
  private final AtomicBoolean cut = new AtomicBoolean();

  /** What clients have said, request by request; they only pull here, so it is not much. */
  private final StringBuilder requests = new StringBuilder();

  private CuttingProxy(ServerSocket door, int registryPort, long cutAfterBytes) {
    this.door = door;
    this.registryPort = registryPort;
    this.cutAfterBytes = cutAfterBytes;
  }

  static CuttingProxy before(String authority, long cutAfterBytes) {
    try {
      var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      var port = Integer.parseInt(authority.substring(authority.indexOf(':') + 1));
      var proxy = new CuttingProxy(door, port, cutAfterBytes);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code 127.0.0.1:PORT}. */
  String authority() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** Whether a connection was broken off. */
  boolean hasCut() {
    return cut.get();
  }

  /** Whether a client has asked for the rest of something. */
  boolean wasAskedForTheRest() {
    synchronized (requests) {
      return REST.matcher(requests).find();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        var registry = new Socket(InetAddress.getLoopbackAddress(), registryPort);
        Thread.ofVirtual().start(() -> connect(client, registry));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client, Socket registry) {
    try (client;
        registry) {
      var up = Thread.ofVirtual().start(() -> handUp(client, registry));
      handDown(registry.getInputStream(), client.getOutputStream());
      client.close();
      up.join();
    } catch (IOException | InterruptedException gone) {
      // One of the two has closed the connection; so it ends for both.
    }
  }

  private void handUp(Socket client, Socket registry) {
    try {
      var in = client.getInputStream();
      var out = registry.getOutputStream();
      var buffer = new byte[BUFFER_BYTES];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (requests) {
          requests.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        out.write(buffer, 0, count);
      }
      registry.shutdownOutput();
    } catch (IOException gone) {
      // As above; the other direction closes both.
    }
  }

  private void handDown(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    long sentBytes = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      sentBytes += count;
      if (sentBytes >= cutAfterBytes && cut.compareAndSet(false, true)) {
        return;
      }
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
