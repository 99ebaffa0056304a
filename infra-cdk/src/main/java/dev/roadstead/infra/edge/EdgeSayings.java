package dev.roadstead.infra.edge;

import dev.roadstead.document.TokenClaims;
import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.hash.Hmac;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeKeys;
import dev.roadstead.route.EdgeRequest;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.Limits;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What the edge tells clients: the rules are asked what they say. */
final class EdgeSayings {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(2);
  private static final LocationKeys KEYS =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private static final EdgeKeys EDGE_KEYS = new EdgeKeys(List.of(new byte[Hmac.BYTES]));
  private static final RepositoryName NAME = new RepositoryName("n");
  private static final UploadLocation EXPIRED =
      new UploadLocation(NAME, new SessionId(new UUID(0, 0)), Phase.FRESH, 1);
  private static final long LONG = Limits.FUNCTION_BODY_BYTES + 1L;

  private EdgeSayings() {}

  static Map<String, List<Object>> of(Paths paths) {
    var says = new LinkedHashMap<String, List<Object>>();
    says.put("escape", target("/%", ""));
    says.put("utf8", target("/%FF", ""));
    says.put("control", target("/%00", ""));
    says.put("parameters", target("/", "&".repeat(RequestTarget.MAX_PARAMETERS)));
    says.put("path", route("GET", "/", Optional.empty()));
    says.put("method", EdgeRules.said(ErrorCode.METHOD_UNSUPPORTED.raise()));
    says.put(
        "internal", EdgeRules.said(ErrorCode.INTERNAL.about("the edge of the registry failed")));
    says.put("none", gate("h", Optional.empty()));
    if (paths == Paths.REGISTRY) {
      says.put("token", gate("h", Optional.of("Bearer none")));
      says.put("scope", gate("h", Optional.of("Bearer " + goodForNothing())));
      says.put("host", gate("", Optional.empty()));
      ofUploads(says);
    }
    return says;
  }

  private static void ofUploads(Map<String, List<Object>> says) {
    says.put("name", put("N", Optional.empty()));
    says.put("nameLength", put("n".repeat(RepositoryName.MAX_LENGTH + 1), Optional.empty()));
    says.put("location", put("other", Optional.empty()));
    says.put("noDigest", put(NAME.text(), Optional.empty()));
    says.put("digestForm", put(NAME.text(), Optional.of("d")));
    says.put("algorithm", put(NAME.text(), Optional.of("d:")));
    for (var algorithm : HashAlgorithm.values()) {
      says.put(
          "length" + algorithm.hexLength(), put(NAME.text(), Optional.of(algorithm.label() + ":")));
    }
    says.put("hex", put(NAME.text(), Optional.of("sha256:" + "G".repeat(64))));
    says.put("expired", put(NAME.text(), Optional.of(Digest.sha256(new byte[0]).toString())));
  }

  private static List<Object> target(String path, String query) {
    try {
      throw new IllegalStateException("not refused: " + RequestTarget.parse(path, query));
    } catch (RegistryException refusal) {
      return EdgeRules.said(refusal);
    }
  }

  /** A long PUT to a location that was signed for {@link #NAME} and has expired. */
  private static List<Object> put(String name, Optional<String> digest) {
    return route("PUT", "/v2/" + name + "/blobs/uploads/" + KEYS.sign(EXPIRED), digest);
  }

  private static List<Object> route(String method, String path, Optional<String> digest) {
    var router = new EdgeRouter(new Ways(true, true), KEYS, () -> NOW);
    return refused(router, new EdgeRequest(method, path, digest, OptionalLong.of(LONG)));
  }

  /** What a pull hears that shows this, where nothing is open. */
  private static List<Object> gate(String host, Optional<String> shown) {
    var gate = new EdgeGate(EDGE_KEYS, repository -> false, () -> NOW);
    var router = new EdgeRouter(new Ways(true, true), KEYS, () -> NOW, Optional.of(gate));
    return refused(
        router,
        new EdgeRequest(
            "GET",
            "/v2/" + NAME + "/tags/list",
            Optional.empty(),
            OptionalLong.of(0),
            "https",
            host,
            shown));
  }

  private static String goodForNothing() {
    long now = NOW.getEpochSecond();
    var claims =
        new TokenClaims(
            TokenClaims.Use.ACCESS,
            "",
            EdgeGate.SERVICE,
            now,
            now + 1,
            "",
            List.of(),
            List.of(),
            "");
    var sealed = EDGE_KEYS.seal(claims.toJson());
    return "h." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed) + ".s";
  }

  private static List<Object> refused(EdgeRouter router, EdgeRequest request) {
    return switch (router.route(request)) {
      case Destination.Refusal(var reason) -> EdgeRules.said(reason);
      case Destination other -> throw new IllegalStateException("not refused: " + other);
    };
  }
}
