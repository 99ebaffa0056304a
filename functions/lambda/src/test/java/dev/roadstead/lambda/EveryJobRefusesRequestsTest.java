package dev.roadstead.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.route.Job;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The walk over the jobs, beside the one over the routes: no request reaches a store through one.
 */
class EveryJobRefusesRequestsTest {
  private final MemoryFunctions functions = new MemoryFunctions();

  private void run(Job job, byte[] event) {
    var _ = functions.wiring(job).handler().apply(new ByteArrayInputStream(event));
  }

  /** An event that is no request, and tells no job of anything to do. */
  private static final String EVENT = "{\"source\":\"aws.events\",\"detail\":{}}";

  @ParameterizedTest
  @EnumSource(names = {"RUN_COLLECTOR", "UPDATE_EDGE"})
  void itsOwnEventDoes(Job job) {
    run(job, EVENT.getBytes(StandardCharsets.UTF_8));

    assertThat(functions.calls.calls()).as("it does not do without the stores").isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestDoesNot(Job job) {
    var request = new Event("POST", "/", "", Map.of("authorization", "Bearer x"), new byte[1]);
    refuses(job, request.json());
    refuses(job, Event.get("/v2/team/app/manifests/v1").json());
    var withMore = EVENT.replaceFirst("\\{", "{\"requestContext\":{},");
    refuses(job, withMore.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void neitherDoesWhatIsNoEvent(Job job) {
    for (var text : new String[] {"", "[]", "{", "1", "\"{}\""}) {
      refuses(job, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void refuses(Job job, byte[] event) {
    assertThatThrownBy(() -> run(job, event)).isInstanceOf(RuntimeException.class);
    assertThat(functions.calls.calls()).isEmpty();
  }
}
