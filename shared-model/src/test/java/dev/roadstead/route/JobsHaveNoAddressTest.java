package dev.roadstead.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.route.Destination.Function;
import dev.roadstead.route.Destination.Refusal;
import dev.roadstead.route.Destination.Relay;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs act for the installation and ask nobody, so nobody can ask for one. */
class JobsHaveNoAddressTest {
  private final EdgeRouter router =
      new EdgeRouter(
          new EdgeRouter.Ways(true, true),
          new LocationKeys(List.of(new byte[LocationKeys.KEY_BYTES])),
          () -> Instant.EPOCH);

  @ParameterizedTest
  @EnumSource
  void noRequestLeadsToAJob(Job job) {
    var name = job.functionName();
    var operations = Arrays.stream(Operation.values()).map(Operation::functionName).toList();
    assertThat(operations).doesNotContain(name);
    for (var before : List.of("/", "/v2/", "/api/v1/", "/2015-03-31/functions/", "/jobs/")) {
      for (var behind : List.of("", "/", "/invocations", "/manifests/v1")) {
        for (var method : Method.values()) {
          var request =
              new EdgeRequest(
                  method.name(), before + name + behind, Optional.empty(), OptionalLong.of(0));
          switch (router.route(request)) {
            case Refusal refused -> assertThat(refused.reason().status()).isIn(404, 405);
            case Function function -> assertThat(function.address().name()).isEqualTo(name);
            case Relay stream -> assertThat(stream.address().name()).isEqualTo(name);
            case Destination.DirectPut put -> assertThat(put).as("a PUT without bytes").isNull();
          }
        }
      }
    }
  }
}
