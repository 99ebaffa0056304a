package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A connection on which a test says exactly what it wants, and in the order it wants. Like many
 * clients it first sends everything and only then reads.
 */
public final class RawConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Socket socket;

  /** An answer as it came, head and body. */
  public record RawAnswer(String text) {
    /** The status. */
    public int status() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    /** The header, or nothing. */
    public String header(String name) {
      return text.substring(0, text.indexOf("\r\n\r\n"))
          .lines()
          .map(line -> line.split(": *", 2))
          .filter(parts -> parts[0].equalsIgnoreCase(name))
          .map(parts -> parts[1])
          .findFirst()
          .orElse("");
    }

    /** The answer behind those that only say to go on (RFC 9110, section 15.2). */
    public RawAnswer withoutContinue() {
      return text.startsWith("HTTP/1.1 1") ? new RawAnswer(body()).withoutContinue() : this;
    }

    /** What comes after the head. */
    public String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  /** Connects to a registry on this machine. */
  public static RawConnection to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new RawConnection(socket);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends text; every line ends as HTTP's do. */
  public RawConnection send(String lines) {
    return send(lines.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes. */
  public RawConnection send(byte[] bytes) {
    try {
      output().write(bytes);
      output().flush();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends that many zero bytes, in writes as large as clients make them. */
  public RawConnection sendZeros(long count) {
    var block = new byte[32 * 1024];
    for (long left = count; left > 0; left -= block.length) {
      send(left >= block.length ? block : new byte[(int) left]);
    }
    return this;
  }

  /** Sends that many zero bytes as chunks, without the last chunk. */
  public RawConnection sendChunks(long count) {
    var block = new byte[32 * 1024];
    for (long left = count; left > 0; left -= block.length) {
      int size = (int) Math.min(block.length, left);
      send(Integer.toHexString(size) + "\n").send(new byte[size]).send("\n");
    }
    return this;
  }

  /** Says that nothing more comes; answers can still be read. */
  public RawConnection endOfSending() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until the server has sent something, and drops it. */
  public void awaitBytes() {
    try {
      assertThat(socket.getInputStream().read(new byte[1024])).isPositive();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Everything until the server closes the connection. */
  public RawAnswer readToEnd() {
    try {
      return new RawAnswer(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private OutputStream output() throws IOException {
    return socket.getOutputStream();
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
