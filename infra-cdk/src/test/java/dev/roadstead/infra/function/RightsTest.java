package dev.roadstead.infra.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roadstead.route.Operation;
import dev.roadstead.route.Task;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RightsTest {
  /** Without tests, which are a jar where modules are packaged before others are tested. */
  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.roadstead");

  /** Where the same code can look and change, and this operation only looks. */
  private static final Map<Task, Set<Right>> NEVER_USED =
      Map.of(
          Operation.SHOW_COLLECTION,
          Set.of(Right.CHANGE_ITEMS, Right.STORE_OBJECTS, Right.DELETE_OBJECTS, Right.CLAIM));

  /** A look at everything belongs to the check alone; nothing else may list what is there. */
  @ParameterizedTest
  @MethodSource("dev.roadstead.route.Task#all")
  void listTheWholeBucketOnlyToCheckIt(Task task) {
    assertThat(Rights.of(task).contains(Right.LIST_OBJECTS))
        .isEqualTo(task == Operation.START_CHECK);
  }

  /** Too few and requests fail in an account, where no test looks; too many are not its own. */
  @ParameterizedTest
  @MethodSource("dev.roadstead.route.Task#all")
  void areExactlyWhatTheCodeOfATaskCanReach(Task task) {
    var neverUsed = NEVER_USED.getOrDefault(task, Set.of());

    assertThat(Rights.of(task)).isEqualTo(ReachableRights.of(CODE).from(task, neverUsed));
  }
}
