package dev.roadstead.client;

import dev.roadstead.model.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Sends single requests to a registry and shows what comes back, whatever it is: for whoever looks
 * at an installation rather than uses it. Follows nothing, repeats nothing, but logs in when the
 * registry wants it.
 */
public final class RegistryProbe implements AutoCloseable {
  /** More than this of an answer is not read. */
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final RegistryHost registry;
  private final Wire wire = new Wire();
  private final Conversation conversation;

  /** A probe of this registry, with these credentials if it wants any. */
  public RegistryProbe(RegistryHost registry, CredentialStore store) {
    this.registry = registry;
    this.conversation =
        new Conversation(registry, wire, new Authorizer(registry, store, wire), Thread::sleep);
  }

  /**
   * A request.
   *
   * @param repository whose right it needs
   * @param address relative to {@code /v2/}, or as the registry gave it
   */
  public record Request(
      String method,
      RepositoryName repository,
      String address,
      Map<String, String> headers,
      BodyPublisher body) {

    /** A request without headers and body. */
    public static Request of(String method, RepositoryName repository, String address) {
      return new Request(method, repository, address, Map.of(), BodyPublishers.noBody());
    }

    /** The same with one header more. */
    public Request with(String header, String value) {
      var more = new TreeMap<>(headers);
      more.put(header, value);
      return new Request(method, repository, address, more, body);
    }

    /** The same with this body. */
    public Request with(BodyPublisher bytes) {
      return new Request(method, repository, address, headers, bytes);
    }
  }

  /**
   * What came back.
   *
   * @param address where it came from
   * @param certificateEnds until when the registry's certificate is valid, over https
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
  public record Reply(
      int status,
      URI address,
      HttpHeaders headers,
      byte[] body,
      Optional<Instant> certificateEnds) {

    /** The first value of a header; empty when it is missing. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** Sends a request, logged in if the registry wants it. */
  public Reply send(Request request) throws IOException {
    return reply(conversation.authorized(call(request)));
  }

  /** Sends a request as somebody without credentials. */
  public Reply sendAnonymously(Request request) throws IOException {
    return reply(conversation.send(call(request), Optional.empty()));
  }

  private Call call(Request request) {
    var address = registry.api().resolve(request.address());
    var call = Call.of(request.method(), address, request.repository(), "answer");
    return new Call(
        call.method(), address, request.headers(), request.body(), call.purpose(), call.right());
  }

  private static Reply reply(HttpResponse<InputStream> answer) throws IOException {
    try (var body = answer.body()) {
      return new Reply(
          answer.statusCode(),
          answer.uri(),
          answer.headers(),
          body.readNBytes(MAX_ANSWER_BYTES),
          answer.sslSession().flatMap(RegistryProbe::certificateEnds));
    }
  }

  private static Optional<Instant> certificateEnds(SSLSession tls) {
    try {
      return tls.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate.getNotAfter().toInstant())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
