package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The function {@code ping}, which needs no store, as it is packaged. */
@Tag("long") // every test starts processes anew
class FunctionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] PING =
      "{\"rawPath\":\"/v2/\",\"headers\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
          .getBytes(StandardCharsets.UTF_8);

  private final Set<Long> before = new HashSet<>();
  private Functions functions = none();

  @BeforeEach
  void lookAround() throws IOException {
    var _ = PackageUnderTest.open();
    before.addAll(children());
  }

  @AfterEach
  void stop() {
    functions.close();
    assertThat(children()).as("processes that are left").isSubsetOf(before);
  }

  @Test
  void answerEventsInProcessesOfTheirOwn() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);

    assertThat(invoke()).contains("\"statusCode\":200");
    assertThat(invoke()).contains("\"statusCode\":200");
    assertThat(functions.processes("ping")).isEqualTo(1);
  }

  @Test
  void areReplacedWhenTheyAreKilledWhileTheyWait() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);
    invoke();
    var first = started();

    for (long pid : first) {
      kill("KILL", pid);
      ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    }

    assertThat(invoke()).contains("\"statusCode\":200");
    assertThat(started()).doesNotContainAnyElementsOf(first);
  }

  @Test
  void areReplacedWhenTheyAreKilledWhileTheyStart() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);
    var call = CompletableFuture.supplyAsync(this::calmly);
    while (started().isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }

    for (long pid : started()) {
      kill("KILL", pid);
    }

    assertThat(call.join()).contains("\"statusCode\":200");
  }

  @Test
  void tellTheirCallerWhenTheyAreKilledWhileTheyWork() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);
    invoke();
    long pid = started().iterator().next();
    stop(pid);
    var call = CompletableFuture.supplyAsync(this::calmly);
    awaitWork();

    kill("KILL", pid);

    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(InvocationException.class);
    assertThat(invoke()).contains("\"statusCode\":200");
  }

  @Test
  void workOnOneEventAtATimeAndBecomeMoreWhenThereIsMore() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);
    invoke();
    long first = started().iterator().next();
    stop(first);
    var held = CompletableFuture.supplyAsync(this::calmly);
    awaitWork();

    assertThat(invoke()).contains("\"statusCode\":200");
    assertThat(functions.processes("ping")).isEqualTo(2);
    assertThat(held).isNotDone();

    kill("CONT", first);
    assertThat(held.join()).contains("\"statusCode\":200");
  }

  @Test
  void waitForATurnWhereNoMoreProcessesAreAllowed() throws Exception {
    functions = ping(new Functions.Scale(1, PATIENCE));
    invoke();
    long only = started().iterator().next();
    stop(only);
    var first = CompletableFuture.supplyAsync(this::calmly);
    var second = CompletableFuture.supplyAsync(this::calmly);
    awaitWork();
    kill("CONT", only);

    assertThat(first.join()).contains("\"statusCode\":200");
    assertThat(second.join()).contains("\"statusCode\":200");
    assertThat(started()).containsExactly(only);
  }

  @Test
  void endWhenTheyHaveHadNothingToDoForAWhile() throws Exception {
    functions = ping(new Functions.Scale(1, Duration.ofMillis(1)));
    invoke();

    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!started().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    assertThat(started()).isEmpty();
    assertThat(functions.processes("ping")).isZero();
    assertThat(invoke()).contains("\"statusCode\":200");
  }

  @Test
  void endWhenTheyTakeTooLong() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);
    invoke();
    long pid = started().iterator().next();
    stop(pid);

    assertThatThrownBy(() -> functions.invoke("ping", PING, Duration.ofMillis(200)))
        .isInstanceOf(TimeoutException.class);
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    assertThat(started()).doesNotContain(pid);
  }

  @Test
  void tellTheirCallerWhatIsNoEvent() throws Exception {
    functions = ping(Functions.Scale.DEFAULT);

    assertThatThrownBy(() -> functions.invoke("ping", new byte[] {'['}, PATIENCE))
        .isInstanceOf(InvocationException.class)
        .hasMessageContaining("threw");
    assertThat(invoke()).contains("\"statusCode\":200");
  }

  @Test
  void tellTheirCallerWhenTheyCannotStart() throws Exception {
    functions = ping(Functions.Scale.DEFAULT, Map.of("ROADSTEAD_TYPO", "1"));

    assertThatThrownBy(this::invoke)
        .isInstanceOf(InvocationException.class)
        .hasMessageContaining("does not start");
  }

  private static Functions none() {
    return new Functions(
        Map.of(), Functions.Scale.DEFAULT, UUID::randomUUID, InstantSource.system());
  }

  private static Functions ping(Functions.Scale scale) throws IOException {
    return ping(scale, Map.of());
  }

  private static Functions ping(Functions.Scale scale, Map<String, String> more)
      throws IOException {
    var code =
        PackageUnderTest.open()
            .with(
                Map.of(
                    "ROADSTEAD_FUNCTION", "ping",
                    "ROADSTEAD_LOCATION_KEYS", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))
            .with(more);
    return new Functions(Map.of("ping", code), scale, UUID::randomUUID, InstantSource.system());
  }

  private String invoke() throws Exception {
    return new String(functions.invoke("ping", PING, PATIENCE), StandardCharsets.UTF_8);
  }

  private String calmly() {
    try {
      return invoke();
    } catch (Exception failed) {
      throw new CompletionException(failed);
    }
  }

  /** Once it waits for work: one that has answered and not asked yet would be given none. */
  private void stop(long pid) throws Exception {
    await(() -> functions.idle("ping") == 1);
    kill("STOP", pid);
  }

  /** Until a process has been given an event. */
  private void awaitWork() {
    await(() -> functions.working("ping") > 0);
  }

  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("now").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  private Set<Long> started() {
    var started = new HashSet<>(children());
    started.removeAll(before);
    return started;
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  private static void kill(String signal, long pid) throws Exception {
    var status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
    assertThat(status).isZero();
  }
}
