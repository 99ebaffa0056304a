package dev.roadstead.localstack;

import dev.roadstead.relay.server.ServerErrors;
import dev.roadstead.route.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: HTTP/1.1 and HTTP/2 on one port, a virtual thread per request. With TLS there is
 * a second port without it, on loopback alone, for whoever administers the registry from here.
 */
final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** How long a client may be silent in the middle of something. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(60);

  /** How long requests in flight are waited for at the end. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

  /**
   * How many requests are served at once; further ones wait. A client that is silent in the middle
   * of a body holds one of them, so there are more than could ever work at the same time.
   */
  static final int MAX_REQUESTS = 1_000;

  /** Read at once: each read of an upload costs a call into the system. */
  private static final int INPUT_BUFFER_BYTES = 64 * 1024;

  /**
   * The largest buffer that is kept for the next use; a larger one is made and cleared each time.
   */
  static final int POOLED_BYTES = 128 * 1024;

  private final Server server =
      new Server(
          new VirtualThreadPool(MAX_REQUESTS), null, new ArrayByteBufferPool(0, -1, POOLED_BYTES));
  private final ServerConnector connector;
  private final ServerConnector door;

  private Gateway(Duration idleLimit, Optional<Tls> tls) {
    connector = added(tls.map(this::secure).orElseGet(this::plain), idleLimit);
    door = tls.isPresent() ? added(plain(), idleLimit) : connector;
    server.setErrorHandler(new ServerErrors());
    server.setStopTimeout(STOP_LIMIT.toMillis());
  }

  private ServerConnector added(ServerConnector made, Duration idleLimit) {
    made.setIdleTimeout(idleLimit.toMillis());
    server.addConnector(made);
    return made;
  }

  /** A configuration each: HTTP/2 sets its own buffer size in the one it is given. */
  private ServerConnector plain() {
    return new ServerConnector(
        server,
        new HttpConnectionFactory(configuration()),
        new HTTP2CServerConnectionFactory(configuration()));
  }

  private ServerConnector secure(Tls tls) {
    var http1 = new HttpConnectionFactory(secureConfiguration());
    var http2 = new HTTP2ServerConnectionFactory(secureConfiguration());
    var choice = new ALPNServerConnectionFactory();
    choice.setDefaultProtocol(http1.getProtocol());
    var handshake = new SslConnectionFactory(tls.context(), choice.getProtocol());
    return new ServerConnector(server, handshake, choice, http2, http1);
  }

  private static HttpConfiguration secureConfiguration() {
    var http = configuration();
    http.addCustomizer(new SecureRequestCustomizer(false)); // any name in Host is taken
    return http;
  }

  private static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(Limits.REQUEST_HEAD_BYTES);
    http.setInputBufferSize(INPUT_BUFFER_BYTES);
    http.setSendServerVersion(false);
    return http;
  }

  /**
   * Takes the port; requests wait until {@link #serve}.
   *
   * @param port 0 for any that is free
   * @throws IOException when the port cannot be had
   */
  static Gateway bind(InetAddress address, int port) throws IOException {
    return bind(address, port, IDLE_LIMIT, Optional.empty());
  }

  /** The same with another limit for silence, and with TLS if it is given. */
  static Gateway bind(InetAddress address, int port, Duration idleLimit, Optional<Tls> tls)
      throws IOException {
    var gateway = new Gateway(idleLimit, tls);
    open(gateway.connector, address, port);
    if (tls.isPresent()) {
      open(gateway.door, InetAddress.getLoopbackAddress(), 0);
    }
    return gateway;
  }

  private static void open(ServerConnector connector, InetAddress address, int port)
      throws IOException {
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.open();
  }

  /** Begins to answer. */
  void serve(Handler edge) {
    server.setHandler(new GracefulHandler(edge));
    try {
      server.start();
    } catch (Exception failed) {
      throw new IllegalStateException("the HTTP server does not start", failed);
    }
  }

  /** The port it listens on. */
  int port() {
    return connector.getLocalPort();
  }

  /** The port without TLS, on loopback; the same one where there is no TLS. */
  int doorPort() {
    return door.getLocalPort();
  }

  /** Takes no more connections, waits for requests in flight within a limit, and ends. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (TimeoutException late) {
      LOG.warn("requests were cut off: afterSeconds={}", STOP_LIMIT.toSeconds());
    } catch (Exception failed) {
      LOG.warn("the HTTP server does not stop cleanly", failed);
    }
    connector.close();
    door.close();
  }
}
