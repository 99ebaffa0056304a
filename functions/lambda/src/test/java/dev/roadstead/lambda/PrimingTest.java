package dev.roadstead.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.route.Job;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a function does before a snapshot of it is taken, and after each restore. */
class PrimingTest {
  private static final Context<Resource> CONTEXT = Core.getGlobalContext();

  private final MemoryFunctions functions = new MemoryFunctions();

  private Priming priming(Task task) {
    var wiring = functions.wiring(task);
    return wiring.priming(wiring.handler());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PING")
  void walksIntoTheStoresAndChangesNothing(Operation operation) {
    changesNothing(operation);
  }

  @ParameterizedTest
  @EnumSource
  void reachesTheStoresForAJobAndDoesNoneOfIt(Job job) {
    changesNothing(job);
  }

  private void changesNothing(Task task) {
    priming(task).beforeCheckpoint(CONTEXT);

    assertThat(functions.calls.calls()).isNotEmpty();
    assertThat(functions.metadata.all()).isEmpty();
    assertThat(functions.blobs.keys()).isEmpty();
    assertThat(functions.blobs.multiparts()).isEmpty();
  }

  @Test
  void asksNoStoreForAFunctionThatNeedsNone() {
    priming(Operation.PING).beforeCheckpoint(CONTEXT);

    assertThat(functions.calls.calls()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void answersARequestOfItsOwnKind(Operation operation) {
    var answer =
        functions.call(
            operation,
            PrimingEvent.of(operation, MemoryFunctions.KEYS, new OriginSecrets(Optional.empty())));

    int whenNothingIsThere =
        switch (operation) {
          case PING, LIST_CATALOG, LIST_REFERRERS -> 200;
          case START_UPLOAD -> 400; // any other would begin one
          default -> operation.place().isAdministration() ? 401 : 404;
        };
    assertThat(answer.status()).isEqualTo(whenNothingIsThere);
  }

  @Test
  void doesAllOfItWhereConnectionsAreClosedAfterwards() {
    var order = new ArrayList<String>();
    var wiring = functions.wiring(Operation.GET_MANIFEST);
    var priming =
        new Priming(
            Operation.GET_MANIFEST,
            () -> order.add("walk"),
            wiring.environment(),
            functions.random,
            work -> {
              order.add("open");
              work.run();
              order.add("closed after " + functions.calls.calls().size() + " call");
            });

    priming.beforeCheckpoint(CONTEXT);

    assertThat(order).containsExactly("open", "walk", "closed after 1 call");
  }

  @Test
  void takesANewGeneratorForEveryCopyOfASnapshot() {
    var generators = new ArrayList<SecureRandom>();
    var random =
        new SnapshotRandom(
            () -> {
              generators.add(new SecureRandom());
              return generators.getLast();
            });
    var environment = functions.wiring(Operation.GET_MANIFEST).environment();
    var priming = new Priming(Operation.PING, () -> {}, environment, random, Runnable::run);

    priming.beforeCheckpoint(CONTEXT);
    assertThat(generators).hasSize(1);
    priming.afterRestore(CONTEXT);
    assertThat(generators).hasSize(2);
  }

  @Test
  void makesIdentitiesThatAreRandomUuids() {
    var made = Stream.generate(functions.random::next).limit(1_000).collect(Collectors.toSet());

    assertThat(made).hasSize(1_000).allMatch(id -> id.version() == 4 && id.variant() == 2);
  }
}
