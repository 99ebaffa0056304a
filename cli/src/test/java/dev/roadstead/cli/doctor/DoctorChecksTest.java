package dev.roadstead.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.route.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DoctorChecksTest {
  private static final List<Check> CHECKS = DoctorCommand.checks();

  @Test
  void goesThroughEveryFunctionOfTheRegistryApi() {
    var seen =
        CHECKS.stream().flatMap(check -> check.operations().stream()).collect(Collectors.toSet());

    assertThat(Arrays.stream(Operation.values()).filter(o -> !o.place().isAdministration()))
        .allSatisfy(operation -> assertThat(seen).contains(operation));
  }

  @Test
  void namesEachCheckOnceAndAWayOutOfEach() {
    assertThat(CHECKS).extracting(Check::name).doesNotHaveDuplicates();
    assertThat(CHECKS).extracting(Check::wayOut).allSatisfy(way -> assertThat(way).isNotBlank());
    assertThat(Set.copyOf(CHECKS)).hasSameSizeAs(CHECKS);
  }
}
