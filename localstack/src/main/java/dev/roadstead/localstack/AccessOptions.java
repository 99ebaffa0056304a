package dev.roadstead.localstack;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code roadstead up} that say who may come, how often, and in what secrecy. */
final class AccessOptions {
  @Option(
      names = "--auth",
      description =
          "ask for accounts; the first start makes the administrator admin, with the password in"
              + " ROADSTEAD_ADMIN_PASSWORD or one that it prints")
  private boolean auth;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "the certificate to show, with its chain, in PEM; when the file changes, the new one is"
              + " used without a restart")
  private Optional<Path> certificate = Optional.empty();

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "its private key, in PEM (PKCS #8)")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--rate-limit",
      paramLabel = "REQUESTS",
      description =
          "how many requests in a minute each account may make, and each network without one;"
              + " further ones get 429, but never in the middle of an upload (default: no limit)")
  private Optional<Integer> rateLimit = Optional.empty();

  /** Whether accounts are asked for. */
  boolean auth() {
    return auth;
  }

  /** Whether TLS is asked for. */
  boolean tls() {
    return certificate.isPresent();
  }

  /**
   * The registry with a certificate and a limit, as far as they are asked for.
   *
   * @throws IllegalArgumentException for a limit below one, a certificate without its key, and
   *     files that are neither
   */
  LocalOptions applied(LocalOptions options) {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("TLS takes both --tls-cert and --tls-key");
    }
    if (rateLimit.filter(limit -> limit < 1).isPresent()) {
      throw new IllegalArgumentException("--rate-limit is at least one request a minute");
    }
    var files = certificate.map(chain -> new TlsFiles(chain, key.orElseThrow()));
    files.ifPresent(TlsFiles::read);
    var shown = files.map(options::with).orElse(options);
    return rateLimit.map(shown::limitedTo).orElse(shown);
  }
}
