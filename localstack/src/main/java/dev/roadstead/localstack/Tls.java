package dev.roadstead.localstack;

import java.security.KeyStore;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with a certificate from files. When they change, new connections see the new certificate, and
 * those that are open stay.
 */
final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /** How often the files are looked at. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final TlsFiles files;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private String version;

  /**
   * Reads the files.
   *
   * @throws IllegalArgumentException when they are not as they should be
   */
  Tls(TlsFiles files) {
    this.files = files;
    this.version = files.version();
    show(context, files.read());
    context.setSniRequired(false); // clients that go by address name no host
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
  }

  private static void show(SslContextFactory context, KeyStore store) {
    context.setKeyStore(store);
    context.setKeyStorePassword("");
  }

  /** What the server takes connections with. */
  SslContextFactory.Server context() {
    return context;
  }

  /** Reads the files again if they have changed; bad ones are logged once, and nothing changes. */
  synchronized void refresh() {
    var now = files.version();
    if (now.equals(version)) {
      return;
    }
    version = now;
    try {
      var store = files.read();
      context.reload(same -> show(same, store));
      LOG.info("certificate exchanged: file={}", files.certificate());
    } catch (IllegalArgumentException bad) {
      LOG.error("the old certificate stays in use: {}", bad.getMessage());
    } catch (Exception refused) {
      LOG.error("the old certificate stays in use: {}", refused.toString());
    }
  }
}
