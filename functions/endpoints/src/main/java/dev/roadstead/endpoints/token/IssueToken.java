package dev.roadstead.endpoints.token;

import dev.roadstead.access.AccountAuthenticator;
import dev.roadstead.access.TokenService;
import dev.roadstead.access.TokenService.Issued;
import dev.roadstead.access.TokenService.Proof;
import dev.roadstead.document.JsonDocument;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.endpoints.http.Endpoint;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.model.Scope;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.Method;
import dev.roadstead.wire.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code GET /token} and {@code POST /token} (distribution project, "Token authentication" and
 * "OAuth2 token authentication"). A smaller grant than was asked for is no error.
 */
public final class IssueToken implements Endpoint {
  private final Optional<TokenService> tokens;

  /** Gives tokens from here, if there are accounts. */
  public IssueToken(Optional<TokenService> tokens) {
    this.tokens = tokens;
  }

  @Override
  public Answer handle(ApiRequest request) {
    var service =
        tokens.orElseThrow(
            () -> ErrorCode.PATH_UNKNOWN.about("this registry is open; no token is needed"));
    return request.method() == Method.POST ? post(service, request) : get(service, request);
  }

  private static Answer get(TokenService service, ApiRequest request) {
    checkService(request.parameter("service"));
    var offline = request.parameter("offline_token").filter("true"::equals).isPresent();
    var scopes = scopes(request.query().getOrDefault("scope", List.of()));
    return answer(service.issue(basic(request), scopes, offline, request.network()));
  }

  private static Proof basic(ApiRequest request) {
    var header = request.header("authorization");
    if (header.isEmpty()) {
      return new Proof.None();
    }
    var text = header.get();
    int space = text.indexOf(' ');
    if (space < 0 || !text.substring(0, space).toLowerCase(Locale.ROOT).equals("basic")) {
      throw ErrorCode.UNAUTHORIZED.about("a token is asked for with Basic, or with nothing");
    }
    return AccountAuthenticator.password(text.substring(space + 1).strip())
        .orElseThrow(() -> ErrorCode.UNAUTHORIZED.about("this is no user and password"));
  }

  private static Answer post(TokenService service, ApiRequest request) {
    var form = request.form();
    checkService(field(form, "service"));
    var proof =
        switch (field(form, "grant_type").orElse("")) {
          case "password" ->
              new Proof.Password(required(form, "username"), required(form, "password"));
          case "refresh_token" -> new Proof.Refresh(required(form, "refresh_token"));
          default ->
              throw ErrorCode.REQUEST_INVALID.about("grant_type is password or refresh_token");
        };
    var offline = field(form, "access_type").filter("offline"::equals).isPresent();
    var scopes = scopes(form.getOrDefault("scope", List.of()));
    return answer(service.issue(proof, scopes, offline, request.network()));
  }

  private static Optional<String> field(Map<String, List<String>> form, String name) {
    return form.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static String required(Map<String, List<String>> form, String name) {
    return field(form, name)
        .orElseThrow(() -> ErrorCode.REQUEST_INVALID.about("the field " + name + " is missing"));
  }

  private static void checkService(Optional<String> service) {
    if (service.filter(name -> !name.equals(EdgeGate.SERVICE)).isPresent()) {
      throw ErrorCode.REQUEST_INVALID.about("tokens here are for the service " + EdgeGate.SERVICE);
    }
  }

  private static List<Scope> scopes(List<String> parameters) {
    try {
      return Scope.parse(parameters);
    } catch (IllegalArgumentException malformed) {
      throw ErrorCode.REQUEST_INVALID.about(String.valueOf(malformed.getMessage()));
    }
  }

  private static Answer answer(Issued issued) {
    var scope =
        issued.scopes().stream()
            .filter(each -> !each.actions().isEmpty())
            .map(Scope::toString)
            .collect(Collectors.joining(" "));
    var body =
        JsonDocument.write(
            json -> {
              json.writeStringProperty("token", issued.token());
              json.writeStringProperty("access_token", issued.token());
              json.writeStringProperty("scope", scope);
              json.writeNumberProperty("expires_in", issued.lifeSeconds());
              json.writeStringProperty(
                  "issued_at", Instant.ofEpochSecond(issued.issuedAtSeconds()).toString());
              issued
                  .refreshToken()
                  .ifPresent(token -> json.writeStringProperty("refresh_token", token));
            });
    return Answer.of(200).withBody("application/json", body).with("Cache-Control", "no-store");
  }
}
