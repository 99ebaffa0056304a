package dev.roadstead.infra.edge;

import dev.roadstead.error.RegistryException;
import dev.roadstead.hash.HashAlgorithm;
import dev.roadstead.infra.edge.EdgeCode.Paths;
import dev.roadstead.route.Address.Place;
import dev.roadstead.route.EdgeGate;
import dev.roadstead.route.EdgeRouter;
import dev.roadstead.route.EdgeRouter.Ways;
import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import dev.roadstead.route.RequestTarget;
import dev.roadstead.wire.ErrorDocument;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the edge's JavaScript has to know of the rules in {@code dev.roadstead.route}: the endpoint
 * table, the limits, and what a client is told. The texts are not written here a second time: the
 * rules are asked what they say.
 */
final class EdgeRules {
  private EdgeRules() {}

  static Map<String, Object> of(Paths paths, Ways ways) {
    var rules = new LinkedHashMap<String, Object>();
    rules.put("places", places(paths));
    rules.put("functionBytes", Limits.FUNCTION_BODY_BYTES);
    rules.put("parameters", RequestTarget.MAX_PARAMETERS);
    rules.put("bodies", bodies(paths));
    rules.put("tooLong", tooLong(paths));
    rules.put("says", EdgeSayings.of(paths));
    switch (paths) {
      case ADMINISTRATION -> rules.put("basic", EdgeGate.BASIC);
      case REGISTRY -> {
        rules.put("directBytes", Limits.DIRECT_PUT_BYTES);
        rules.put("relay", ways.relay());
        rules.put("direct", ways.directPut());
        rules.put("digests", digests());
        rules.put("scopes", scopes());
        rules.put("signIn", Operation.ISSUE_TOKEN.functionName());
        rules.put("service", EdgeGate.SERVICE);
        rules.put("tokenLength", EdgeGate.MAX_TOKEN_LENGTH);
        rules.put("patience", EdgeGate.PATIENCE_SECONDS);
      }
    }
    return rules;
  }

  /** What a token has to be good for, by function: the last action is the least that it needs. */
  private static Map<String, String> scopes() {
    var scopes = new LinkedHashMap<String, String>();
    operations(Paths.REGISTRY)
        .forEach(
            operation ->
                EdgeGate.scope(operation, "")
                    .map(scope -> String.join(",", scope.actions()))
                    .ifPresent(actions -> scopes.put(operation.functionName(), actions)));
    return scopes;
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
      places.put(place.name(), Map.of("at", place.template(), "methods", operations));
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

  /** Status, code and message, as the JavaScript takes them. */
  static List<Object> said(RegistryException refusal) {
    var problem = refusal.problems().getFirst();
    return List.of(
        ErrorDocument.of(refusal).status(), problem.code().specCode(), problem.message());
  }
}
