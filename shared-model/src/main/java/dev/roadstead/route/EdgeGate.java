package dev.roadstead.route;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Scope;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the edge does where there are accounts: it answers with the challenge itself, because
 * functions in the cloud cannot (their {@code WWW-Authenticate} is renamed on its way). It lets
 * pass what a function may have to look at, and decides nothing else: functions check everything
 * again.
 */
public final class EdgeGate {
  /** The service that tokens are for. */
  public static final String SERVICE = "roadstead";

  /** A longer token is none of ours. */
  public static final int MAX_TOKEN_LENGTH = 16 * 1024;

  /** How far two clocks may differ, in seconds. */
  public static final long PATIENCE_SECONDS = 60;

  /** As tokens are written; there are other ways to write the same bytes, and none is taken. */
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]-]{1,255}");

  /** The challenge of what is administration. */
  public static final String BASIC = "Basic realm=\"roadstead\"";

  private final EdgeKeys keys;
  private final Predicate<RepositoryName> anonymousPull;
  private final InstantSource clock;

  /**
   * A gate.
   *
   * @param anonymousPull which repositories somebody without an account may pull something of
   */
  public EdgeGate(EdgeKeys keys, Predicate<RepositoryName> anonymousPull, InstantSource clock) {
    this.keys = keys;
    this.anonymousPull = anonymousPull;
    this.clock = clock;
  }

  /** Throws the refusal that a request gets before anything else sees it. */
  void check(EdgeRequest request, Operation operation, Address address) {
    if (operation.action() == Action.SIGN_IN) {
      return;
    }
    var scheme = scheme(request.authorization());
    if (scheme.equals("basic") || (scheme.equals("bearer") && address.place().isAdministration())) {
      return; // a function looks at these
    }
    if (!scheme.equals("bearer")) {
      if (operation.action() != Action.PULL || !isOpen(address)) {
        throw challenge(request, operation, address, "");
      }
      return;
    }
    var claims = claims(request.authorization().orElse(""));
    if (claims.isEmpty()) {
      throw challenge(request, operation, address, "invalid_token");
    }
    if (!isGoodFor(claims.get(), operation, address)) {
      throw challenge(request, operation, address, "insufficient_scope");
    }
  }

  /** The account that a request shows a good token of; empty for every other request. */
  public Optional<String> account(Optional<String> authorization) {
    return authorization
        .filter(text -> scheme(authorization).equals("bearer"))
        .flatMap(this::claims)
        .map(TokenClaims::subject)
        .filter(name -> !name.isEmpty());
  }

  private boolean isOpen(Address address) {
    try {
      return anonymousPull.test(new RepositoryName(address.name()));
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }

  private static String scheme(Optional<String> authorization) {
    var text = authorization.orElse("");
    int space = text.indexOf(' ');
    return (space < 0 ? text : text.substring(0, space)).toLowerCase(Locale.ROOT);
  }

  private Optional<TokenClaims> claims(String authorization) {
    if (authorization.length() > MAX_TOKEN_LENGTH) {
      return Optional.empty();
    }
    var parts = authorization.substring("bearer".length()).strip().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(parts[1]);
      return Optional.of(bytes)
          .filter(read -> BASE64URL.encodeToString(read).equals(parts[1]))
          .filter(keys::sealed)
          .flatMap(TokenClaims::read)
          .filter(claims -> claims.use() == TokenClaims.Use.ACCESS)
          .filter(claims -> claims.audience().equals(SERVICE))
          .filter(claims -> claims.holdsAt(clock.instant().getEpochSecond(), PATIENCE_SECONDS));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static boolean isGoodFor(TokenClaims claims, Operation operation, Address address) {
    var needed = scope(operation, address.name());
    return needed.isEmpty()
        || claims.access().stream()
            .filter(scope -> scope.isAbout(needed.get().type(), needed.get().name()))
            .anyMatch(scope -> scope.actions().containsAll(least(operation)));
  }

  private static Set<String> least(Operation operation) {
    return switch (operation.action()) {
      case PULL -> Set.of("pull");
      case PUSH -> Set.of("push");
      case DELETE -> Set.of("delete");
      case LIST_REPOSITORIES -> Scope.CATALOG.actions();
      case PING, SIGN_IN, ADMINISTER -> Set.of();
    };
  }

  /** What a token has to be asked for. Who pushes also looks what is there already. */
  public static Optional<Scope> scope(Operation operation, String repository) {
    return switch (operation.action()) {
      case PULL -> Optional.of(new Scope(Scope.REPOSITORY, repository, Set.of("pull")));
      case PUSH -> Optional.of(new Scope(Scope.REPOSITORY, repository, Set.of("pull", "push")));
      case DELETE -> Optional.of(new Scope(Scope.REPOSITORY, repository, Set.of("delete")));
      case LIST_REPOSITORIES -> Optional.of(Scope.CATALOG);
      case PING, SIGN_IN, ADMINISTER -> Optional.empty();
    };
  }

  /**
   * The refusal with the challenge (RFC 6750, RFC 9110 section 11.6.1).
   *
   * @param error the code of RFC 6750; empty when nothing was shown
   */
  RegistryException challenge(
      EdgeRequest request, Operation operation, Address address, String error) {
    var refusal =
        switch (error) {
          case "" -> ErrorCode.UNAUTHORIZED.raise();
          case "insufficient_scope" ->
              ErrorCode.UNAUTHORIZED.about("this token is not good for that; ask for another");
          default -> ErrorCode.UNAUTHORIZED.about("this token is none, or has expired");
        };
    return refusal.with("WWW-Authenticate", header(request, operation, address, error));
  }

  /** What a 401 tells the client to do. */
  String header(EdgeRequest request, Operation operation, Address address, String error) {
    if (address.place().isAdministration()) {
      return BASIC;
    }
    if (!HOST.matcher(request.host()).matches()) {
      throw ErrorCode.REQUEST_INVALID.about("the header Host is missing or malformed");
    }
    var scope =
        scope(operation, address.name())
            .filter(asked -> isPlain(asked.name()))
            .map(asked -> ",scope=\"" + asked + "\"")
            .orElse("");
    return "Bearer realm=\""
        + request.scheme()
        + "://"
        + request.host()
        + Address.Place.TOKEN.template()
        + "\",service=\""
        + SERVICE
        + "\""
        + scope
        + (error.isEmpty() ? "" : ",error=\"" + error + "\"");
  }

  /** Nothing a client has sent gets into a header but names of repositories and the catalog. */
  private static boolean isPlain(String name) {
    try {
      return name.equals(new RepositoryName(name).text());
    } catch (IllegalArgumentException noName) {
      return false;
    }
  }
}
