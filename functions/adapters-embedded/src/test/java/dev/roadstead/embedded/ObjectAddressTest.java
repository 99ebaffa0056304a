package dev.roadstead.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roadstead.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectAddressTest {
  private static final ObjectKey KEY = new ObjectKey("data/ab/u_-1");
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static ObjectAddress at(Instant now, String secret) {
    return new ObjectAddress(
        secret.repeat(32).getBytes(StandardCharsets.UTF_8), InstantSource.fixed(now));
  }

  private final ObjectAddress addresses = at(NOW, "k");

  @Test
  void letsItsHolderReadTheObjectWhileItLives() {
    var address = addresses.sign(KEY, Duration.ofSeconds(60)).toString();

    assertThat(address)
        .matches("/_objects/data/ab/u_-1\\?expires=1800000060&mac=[0-9a-f]{32}")
        .isEqualTo(addresses.sign(KEY, Duration.ofSeconds(60)).toString());
    assertThat(addresses.verify(address)).contains(KEY);
    assertThat(at(NOW.plusSeconds(59), "k").verify(address)).contains(KEY);
    assertThat(at(NOW.plusSeconds(60), "k").verify(address)).isEmpty();
    assertThat(at(NOW, "other").verify(address)).isEmpty();
  }

  @Test
  void isVoidWhenAnythingIsChanged() {
    var address = addresses.sign(KEY, Duration.ofMinutes(15)).toString();
    assertThat(addresses.verify(address)).contains(KEY);
    for (int i = 0; i < address.length(); i++) {
      for (char other : "0aA/.%&".toCharArray()) {
        var changed = address.substring(0, i) + other + address.substring(i + 1);
        if (!changed.equals(address)) {
          assertThat(addresses.verify(changed)).as(changed).isEmpty();
        }
      }
    }
    for (var changed :
        List.of(
            address + "0",
            address + "&x=y",
            "http://host" + address,
            address.substring(1),
            address.replace("u_-1", "u_-1/t1"),
            address.replace("/data", "//data"),
            address.replace("expires=", "expires=999999999999999999999"),
            "/_objects/?expires=1800000060&mac=" + "0".repeat(32),
            "")) {
      assertThat(addresses.verify(changed)).as(changed).isEmpty();
    }
  }

  @Test
  void livesAQuarterOfAnHourAtMost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> addresses.sign(KEY, Duration.ofMinutes(15).plusSeconds(1)));
  }
}
