package dev.roadstead.relay.server;

import dev.roadstead.relay.Relay;
import dev.roadstead.route.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the relay, HTTP/1.1 without TLS: it stands where the edge alone can reach it.
 */
final class StreamServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);

  /** How long a client may be silent in the middle of something. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  /** How long streams are waited for that are under way at the end. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  /** Those that run, those that wait for their turn, and as many that are refused. */
  private static final int MAX_REQUESTS = 2 * (Relay.MAX_STREAMS + Relay.MAX_WAITING);

  /** Read at once: each read of a stream costs a call into the system. */
  private static final int INPUT_BUFFER_BYTES = 64 * 1024;

  private final Server server = new Server(new VirtualThreadPool(MAX_REQUESTS));
  private final ServerConnector connector;

  private StreamServer() {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(Limits.REQUEST_HEAD_BYTES);
    http.setInputBufferSize(INPUT_BUFFER_BYTES);
    http.setSendServerVersion(false);
    connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE_LIMIT.toMillis());
    server.addConnector(connector);
    server.setErrorHandler(new ServerErrors());
    server.setStopTimeout(STOP_LIMIT.toMillis());
  }

  /**
   * Takes the port; requests wait until {@link #serve}.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port cannot be had
   */
  static StreamServer bind(String address, int port) throws IOException {
    var made = new StreamServer();
    made.connector.setHost(address);
    made.connector.setPort(port);
    made.connector.open();
    return made;
  }

  /** Begins to answer. */
  void serve(Handler handler) {
    server.setHandler(new GracefulHandler(handler));
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException("the HTTP server does not start", failed);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Takes no more connections, waits for streams within a limit, and ends. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException late) {
      LOG.warn("streams were cut off: afterSeconds={}", STOP_LIMIT.toSeconds());
    } catch (Exception failed) {
      LOG.warn("the HTTP server does not stop cleanly", failed);
    }
    connector.close();
  }
}
