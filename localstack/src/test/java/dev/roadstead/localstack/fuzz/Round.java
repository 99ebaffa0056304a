package dev.roadstead.localstack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.RawConnection;
import dev.roadstead.localstack.RawConnection.RawAnswer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Some requests of one client, one after the other, and what must be true of every answer. */
final class Round {
  private static final int REQUESTS = 60;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_FAILURE = 500;
  private static final JsonMapper JSON = new JsonMapper();

  private final int port;
  private final Chance chance;
  private final Memory memory = new Memory();
  private final Requests requests;
  private final List<String> asked = new ArrayList<>();

  Round(int port, long seed) {
    this.port = port;
    this.chance = new Chance(seed);
    this.requests = Requests.of(chance, memory);
  }

  /**
   * Asks, and tells which statuses came; fails with everything that was asked when an answer is
   * none that a client may get.
   */
  Set<Integer> play() {
    var statuses = new TreeSet<Integer>();
    for (int i = 0; i < REQUESTS; i++) {
      var request = requests.next();
      asked.add(request.toString());
      try {
        ask(request)
            .ifPresent(
                answer -> {
                  statuses.add(answer.status());
                  memory.learn(request, answer);
                });
      } catch (AssertionError | RuntimeException wrong) {
        throw new AssertionError("after\n" + String.join("\n", asked), wrong);
      }
    }
    return statuses;
  }

  /** An answer, but for a request whose end nobody can tell. */
  private Optional<RawAnswer> ask(FuzzRequest request) {
    var answer = send(request);
    if (answer.isEmpty()) {
      assertThat(request.framing().isBroken()).as("no answer").isTrue();
      return Optional.empty();
    }
    var last = answer.get().withoutContinue();
    assertThat(last.status()).as(last.text()).isBetween(200, FIRST_FAILURE - 1);
    if (last.status() >= FIRST_REFUSAL && !last.body().isEmpty()) {
      isARefusalForPeople(last);
    }
    return Optional.of(last);
  }

  private Optional<RawAnswer> send(FuzzRequest request) {
    try (var connection = RawConnection.to(port)) {
      var answer = connection.send(request.wire()).endOfSending().readToEnd();
      return Optional.of(answer).filter(any -> !any.text().isEmpty());
    } catch (UncheckedIOException cutOff) {
      // What is sent behind the end of a body is not waited for.
      if (request.framing().isBroken()) {
        return Optional.empty();
      }
      throw cutOff;
    }
  }

  private static void isARefusalForPeople(RawAnswer answer) {
    assertThat(answer.header("Content-Type")).as(answer.text()).isEqualTo("application/json");
    assertThat(answer.body())
        .doesNotContain("Exception", "dev.roadstead", "java.", "jetty", "\\tat ", "\n");
    try {
      for (var error : JSON.readTree(answer.body()).get("errors")) {
        assertThat(error.get("code").asString()).matches("[A-Z_]+");
        assertThat(error.get("message").asString()).hasSizeGreaterThan(10);
      }
    } catch (JacksonException notJson) {
      throw new AssertionError(answer.text(), notJson);
    }
  }
}
