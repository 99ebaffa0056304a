package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers a registry's challenges, with Basic (RFC 7617) or with a token from the registry's token
 * service (distribution spec, "token authentication"), and remembers the answers.
 */
final class Authorizer {
  private static final int MAX_TOKEN_ANSWER_BYTES = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final RegistryHost registry;
  private final CredentialStore store;
  private final Wire wire;
  private final Map<String, String> remembered = new ConcurrentHashMap<>();

  Authorizer(RegistryHost registry, CredentialStore store, Wire wire) {
    this.registry = registry;
    this.store = store;
    this.wire = wire;
  }

  /** What the last challenge for such a call was answered with. */
  Optional<String> authorizationOf(Call call) {
    return Optional.ofNullable(remembered.get(call.right()));
  }

  /**
   * Finds an answer to the challenges of a 401.
   *
   * @throws RegistryRefusal when no credentials are known, or the token service takes none of them
   */
  String answer(Call call, List<Challenge> challenges) throws IOException {
    var credentials = store.credentialsFor(registry);
    for (var challenge : challenges) {
      if (challenge.scheme().equals("bearer")) {
        return remember(call, "Bearer " + token(challenge, credentials));
      }
      if (challenge.scheme().equals("basic")
          && credentials instanceof Credentials.Password password) {
        return remember(call, password.basic());
      }
    }
    throw notLoggedIn(call);
  }

  /** For a 401 that what was shown did not help against. */
  RegistryRefusal rejected(Call call) throws IOException {
    return switch (store.credentialsFor(registry)) {
      case Credentials.Anonymous _ -> notLoggedIn(call);
      case Credentials.Password _, Credentials.IdentityToken _ ->
          new RegistryRefusal(
              401,
              registry
                  + " does not take this login to "
                  + call.purpose()
                  + ": the user or the password is wrong, or may not do that");
    };
  }

  private RegistryRefusal notLoggedIn(Call call) {
    return new RegistryRefusal(
        401,
        registry
            + " wants a login to "
            + call.purpose()
            + ": run docker login "
            + registry
            + ", or set ROADSTEAD_USER and ROADSTEAD_PASSWORD");
  }

  private String remember(Call call, String authorization) {
    remembered.put(call.right(), authorization);
    return authorization;
  }

  private String token(Challenge challenge, Credentials credentials) throws IOException {
    var realm = realm(challenge, credentials);
    var parameters = parameter("service", challenge) + parameter("scope", challenge);
    var request =
        switch (credentials) {
          case Credentials.Anonymous _ -> HttpRequest.newBuilder(withQuery(realm, parameters));
          case Credentials.Password password ->
              HttpRequest.newBuilder(withQuery(realm, parameters))
                  .header("Authorization", password.basic());
          case Credentials.IdentityToken identity ->
              HttpRequest.newBuilder(realm)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(refresh(identity, parameters)));
        };
    var answer = wire.send(request);
    try (var body = answer.body()) {
      return read(answer, body);
    }
  }

  private URI realm(Challenge challenge, Credentials credentials) throws IOException {
    try {
      var realm = URI.create(challenge.get("realm"));
      if (RegistryHost.keepsSecrets(realm)
          || (credentials instanceof Credentials.Anonymous && realm.isAbsolute())) {
        return realm;
      }
    } catch (IllegalArgumentException malformed) {
      // the same refusal as for an unsafe one
    }
    throw new IOException(
        registry
            + " names a token service that no password may be sent to: '"
            + challenge.get("realm")
            + "'");
  }

  private String read(HttpResponse<InputStream> answer, InputStream body) throws IOException {
    if (answer.statusCode() != 200) {
      throw new RegistryRefusal(
          answer.statusCode(),
          registry
              + " gave no token, status "
              + answer.statusCode()
              + "; are user and password right?");
    }
    try {
      var document = JSON.readTree(body.readNBytes(MAX_TOKEN_ANSWER_BYTES));
      var token = document.path("token").asString(document.path("access_token").asString(""));
      if (!token.isEmpty()) {
        return token;
      }
    } catch (JacksonException malformed) {
      // its message would quote the answer
    }
    throw new IOException("the token service of " + registry + " answered without a token");
  }

  private static String refresh(Credentials.IdentityToken identity, String parameters) {
    return "grant_type=refresh_token&client_id=roadstead&refresh_token="
        + URLEncoder.encode(identity.token(), UTF_8)
        + parameters;
  }

  private static String parameter(String name, Challenge challenge) {
    var value = challenge.get(name);
    return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static URI withQuery(URI realm, String parameters) {
    if (parameters.isEmpty()) {
      return realm;
    }
    return URI.create(
        realm + (realm.getQuery() == null ? "?" + parameters.substring(1) : parameters));
  }
}
