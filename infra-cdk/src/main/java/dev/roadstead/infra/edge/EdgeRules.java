package dev.roadstead.infra.edge;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.Address.Place;
import dev.roadstead.route.Destination;
import dev.roadstead.route.EdgeRequest;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.Limits;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.route.UploadLocation;
import dev.roadstead.route.UploadLocation.Phase;
import dev.roadstead.wire.ErrorDocument;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the edge's JavaScript has to know of the rules in {@code dev.roadstead.route}: the endpoint
 * table, the limits, and what a client is told. The texts are not written here a second time: the
 * rules are asked what they say.
 */
final class EdgeRules {
  private static final Instant NOW = Instant.EPOCH.plusSeconds(2);
  private static final LocationKeys KEYS =
      new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
  private static final RepositoryName NAME = new RepositoryName("n");
  private static final UploadLocation EXPIRED =
      new UploadLocation(NAME, new SessionId(new UUID(0, 0)), Phase.FRESH, 1);
  private static final long LONG = Limits.FUNCTION_BODY_BYTES + 1L;

  private EdgeRules() {}

  static Map<String, Object> of(Paths paths, Ways ways) {
    return Map.of(
        "places", places(paths),
        "functionBytes", Limits.FUNCTION_BODY_BYTES,
        "directBytes", Limits.DIRECT_PUT_BYTES,
        "parameters", RequestTarget.MAX_PARAMETERS,
        "relay", ways.relay(),
        "direct", ways.directPut(),
        "digests", digests(),
        "bodies", bodies(paths),
        "tooLong", tooLong(paths),
        "says", says());
  }

  private static Map<String, Object> places(Paths paths) {
    var places = new LinkedHashMap<String, Object>();
    for (var place : Place.values()) {
      if (!isOn(paths, place)) {
        continue;
      }
      var operations = new LinkedHashMap<String, String>();
      for (var method : Operation.methodsAt(place)) {
        operations.put(method.name(), Operation.at(place, method).orElseThrow().functionName());
      }
      places.put(place.name(), Map.of("at", place.template(), "operations", operations));
    }
    return places;
  }

  private static Map<String, Integer> digests() {
    return Arrays.stream(HashAlgorithm.values())
        .collect(Collectors.toMap(HashAlgorithm::label, HashAlgorithm::hexLength));
  }

  /** What a function's requests carry, where they carry anything. */
  private static Map<String, String> bodies(Paths paths) {
    return operations(paths)
        .filter(operation -> operation.body() != Operation.Body.NONE)
        .collect(Collectors.toMap(Operation::functionName, o -> o.body().name()));
  }

  /** What is said of a body that is too long, by what it is. */
  private static Map<String, List<Object>> tooLong(Paths paths) {
    return operations(paths)
        .collect(
            Collectors.toMap(
                o -> o.body().name(), o -> said(EdgeRouter.tooLong(o)), (same, _) -> same));
  }

  private static Stream<Operation> operations(Paths paths) {
    return Arrays.stream(Operation.values()).filter(o -> isOn(paths, o.place()));
  }

  private static boolean isOn(Paths paths, Place place) {
    return place.isAdministration() == (paths == Paths.ADMINISTRATION);
  }

  private static Map<String, List<Object>> says() {
    var says = new LinkedHashMap<String, List<Object>>();
    says.put("escape", target("/%", ""));
    says.put("utf8", target("/%FF", ""));
    says.put("control", target("/%00", ""));
    says.put("parameters", target("/", "&".repeat(RequestTarget.MAX_PARAMETERS)));
    says.put("path", route("GET", "/", Optional.empty()));
    says.put("method", said(ErrorCode.METHOD_UNSUPPORTED.raise()));
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
    says.put("internal", said(ErrorCode.INTERNAL.about("the edge of the registry failed")));
    return says;
  }

  private static List<Object> target(String path, String query) {
    try {
      throw new IllegalStateException("not refused: " + RequestTarget.parse(path, query));
    } catch (RegistryException refusal) {
      return said(refusal);
    }
  }

  /** A long PUT to a location that was signed for {@link #NAME} and has expired. */
  private static List<Object> put(String name, Optional<String> digest) {
    return route("PUT", "/v2/" + name + "/blobs/uploads/" + KEYS.sign(EXPIRED), digest);
  }

  private static List<Object> route(String method, String path, Optional<String> digest) {
    var router = new EdgeRouter(new Ways(true, true), KEYS, () -> NOW);
    var request = new EdgeRequest(method, path, digest, OptionalLong.of(LONG));
    return switch (router.route(request)) {
      case Destination.Refusal(var reason) -> said(reason);
      case Destination other -> throw new IllegalStateException("not refused: " + other);
    };
  }

  /** Status, code and message, as the JavaScript takes them. */
  private static List<Object> said(RegistryException refusal) {
    var problem = refusal.problems().getFirst();
    return List.of(
        ErrorDocument.of(refusal).status(), problem.code().specCode(), problem.message());
  }
}
