package dev.roadstead.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.error.RegistryException;
import dev.roadstead.model.Caller;
import dev.roadstead.route.Method;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many requests somebody may make. */
class RateLimitsTest {
  private static final Caller ALICE = new Caller("alice");
  private static final String HERE = "10.0.0.1";

  private Instant now = Instant.ofEpochSecond(1_800_000_000);
  private final RateLimits limits = RateLimits.of(60, () -> now);

  private Optional<String> retryAfter(Method method, Caller caller) {
    return retryAfter(method, caller, HERE);
  }

  private Optional<String> retryAfter(Method method, Caller caller, String network) {
    try {
      limits.count(method, caller, network);
      return Optional.empty();
    } catch (RegistryException refusal) {
      assertThat(refusal.status()).isEqualTo(429);
      return Optional.of(refusal.headers().getOrDefault("Retry-After", "missing"));
    }
  }

  private void exhaust(Caller caller) {
    IntStream.range(0, 60).forEach(i -> assertThat(retryAfter(Method.GET, caller)).isEmpty());
  }

  @Test
  void tellClientsWhenToComeBack() {
    exhaust(ALICE);

    assertThat(retryAfter(Method.GET, ALICE)).contains("1");
    now = now.plusMillis(500);
    assertThat(retryAfter(Method.HEAD, ALICE)).contains("1");
    now = now.plusMillis(500); // whoever asks too early loses nothing
    assertThat(retryAfter(Method.POST, ALICE)).isEmpty();
    assertThat(retryAfter(Method.POST, ALICE)).contains("1");
  }

  @ParameterizedTest
  @EnumSource(names = {"PATCH", "PUT", "DELETE"})
  void neverRefuseWhatClientsDoNotRepeat(Method method) {
    exhaust(ALICE);

    assertThat(retryAfter(method, ALICE)).isEmpty();
    assertThat(retryAfter(Method.GET, ALICE)).isPresent();
  }

  @Test
  void holdForAnAccountWhereverItIsAndForANetworkWithoutOne() {
    exhaust(ALICE);
    assertThat(retryAfter(Method.GET, ALICE, "192.168.0.1")).isPresent();
    assertThat(retryAfter(Method.GET, new Caller("bob"), HERE)).isEmpty();

    exhaust(Caller.ANONYMOUS);
    assertThat(retryAfter(Method.GET, Caller.ANONYMOUS, "10.0.0.254")).isPresent();
    assertThat(retryAfter(Method.GET, Caller.ANONYMOUS, "10.0.1.1")).isEmpty();
  }

  @Test
  void neverHoldForTheOperatorAndAreAtLeastOne() {
    var one = RateLimits.of(1, () -> now);
    assertThatCode(
            () -> {
              for (int i = 0; i < 100; i++) {
                one.count(Method.GET, Caller.OPERATOR, HERE);
              }
            })
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> RateLimits.of(0, () -> now));
  }
}
