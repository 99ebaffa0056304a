package dev.roadstead.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Sends one request and gets one answer; says in plain words why there was none. */
final class Wire implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** From the start of a request to the head of its answer; a large blob goes out meanwhile. */
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER) // the JDK would not drop Authorization
          .build();

  /** The answer, whatever its status; its body has to be closed. */
  HttpResponse<InputStream> send(HttpRequest.Builder request) throws IOException {
    var ready = request.timeout(ANSWER_LIMIT).header("User-Agent", "roadstead").build();
    try {
      return http.send(ready, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + origin(ready.uri()));
    } catch (IOException e) {
      throw new IOException(explanation(origin(ready.uri()), e), e);
    }
  }

  private static String explanation(String origin, IOException failure) {
    return switch (failure) {
      case ConnectException _ -> "cannot connect to " + origin + "; is it running, and there?";
      case HttpTimeoutException _ -> origin + " did not answer in time";
      case SSLException e -> "no secure connection to " + origin + ": " + e.getMessage();
      default -> "the connection to " + origin + " broke: " + failure.getMessage();
    };
  }

  /** Scheme, host and port: a path may carry signatures. */
  static String origin(URI address) {
    return address.getScheme() + "://" + address.getAuthority();
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
