package dev.roadstead.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.access.AccessControl;
import dev.roadstead.access.Accounts;
import dev.roadstead.access.Passwords;
import dev.roadstead.endpoints.http.ApiRequest;
import dev.roadstead.memory.FaultPlan;
import dev.roadstead.memory.FaultyBlobStore;
import dev.roadstead.memory.FaultyMetadataStore;
import dev.roadstead.memory.InMemoryBlobStore;
import dev.roadstead.memory.InMemoryMetadataStore;
import dev.roadstead.model.Caller;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.Environment;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.Action;
import dev.roadstead.route.Address;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Method;
import dev.roadstead.route.Operation;
import dev.roadstead.rule.Access;
import dev.roadstead.rule.Decision;
import dev.roadstead.rule.Decision.Verdict;
import dev.roadstead.wire.Answer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No operation reaches a store before somebody was asked whether it may. */
class EveryRouteAsksTest {
  private static final String DIGEST = Digest.sha256(new byte[0]).toString();

  private final FaultPlan calls = new FaultPlan();
  private final Environment environment =
      new Environment(
          new FaultyMetadataStore(new InMemoryMetadataStore(), calls),
          new FaultyBlobStore(new InMemoryBlobStore(), calls),
          () -> Instant.ofEpochSecond(1_800_000_000),
          UUID::randomUUID,
          RegistrySettings.DEFAULTS);
  private final List<Decision.Question> asked = new ArrayList<>();
  private final Decision never =
      question -> {
        asked.add(question);
        return new Verdict.Denied("no");
      };

  private Answer answer(Operation operation, Method method, Caller caller) {
    var random = new SecureRandom();
    var accounts = new Accounts(environment, new Passwords(random), random);
    var control =
        new AccessControl(visitor -> new Access(caller, never), accounts, Optional.empty());
    var keys = new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES]));
    return new Endpoints(environment, keys, control, Runnable::run)
        .of(operation)
        .handle(
            new ApiRequest(
                operation, method, address(operation), Map.of(), Map.of(), new byte[0], ""));
  }

  private static Address address(Operation operation) {
    var place = operation.place();
    var name = place.template().contains("<name>") ? "team/app" : "";
    return switch (place.last()) {
      case NOTHING -> new Address(place, name, "");
      case REFERENCE, DIGEST -> new Address(place, name, DIGEST);
      case LOCATION -> new Address(place, name, "00000000-0000-0000-0000-000000000000.x");
      case IDENTITY -> new Address(place, name, "alice");
    };
  }

  static Stream<Arguments> everyMethod() {
    return Stream.of(Operation.values())
        .filter(operation -> operation.action() != Action.SIGN_IN)
        .flatMap(
            operation -> operation.methods().stream().map(each -> Arguments.of(operation, each)));
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void asksBeforeItReachesAStore(Operation operation, Method method) {
    var answer = answer(operation, method, new Caller("alice"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(asked).isNotEmpty().allMatch(question -> question.action() == operation.action());
    assertThat(calls.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyMethod")
  void wantsToKnowWhoAsksBeforeItSaysMore(Operation operation, Method method) {
    assertThat(answer(operation, method, Caller.ANONYMOUS).status()).isEqualTo(401);
    assertThat(calls.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("withoutARight")
  void theTokenServiceGivesNothingWhereThereAreNoAccounts(Operation operation, Method method) {
    assertThat(answer(operation, method, Caller.ANONYMOUS).status()).isEqualTo(404);
    assertThat(calls.calls()).isEmpty();
  }

  static Stream<Arguments> withoutARight() {
    return Stream.of(Method.GET, Method.POST)
        .map(each -> Arguments.of(Operation.ISSUE_TOKEN, each));
  }
}
