package dev.roadstead.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.roadstead.architecture.HouseRules;
import dev.roadstead.route.Operation;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RightsTest {
  private static final JavaClasses CODE = HouseRules.classesOf("dev.roadstead");

  /** Where the same code can look and change, and this operation only looks. */
  private static final Map<Operation, Set<Right>> NEVER_USED =
      Map.of(
          Operation.SHOW_COLLECTION,
          Set.of(Right.CHANGE_ITEMS, Right.STORE_OBJECTS, Right.DELETE_OBJECTS, Right.CLAIM));

  /** A look at everything belongs to the check alone; nothing else may list what is there. */
  @ParameterizedTest
  @EnumSource
  void listTheWholeBucketOnlyToCheckIt(Operation operation) {
    assertThat(Rights.of(operation).contains(Right.LIST_OBJECTS))
        .isEqualTo(operation == Operation.START_CHECK);
  }

  /** Too few and requests fail in an account, where no test looks; too many are not its own. */
  @ParameterizedTest
  @EnumSource
  void areExactlyWhatTheCodeOfAnOperationCanReach(Operation operation) {
    var reachable = ReachableRights.of(CODE).from(operation);
    reachable.removeAll(NEVER_USED.getOrDefault(operation, Set.of()));

    assertThat(Rights.of(operation)).isEqualTo(reachable);
  }
}
