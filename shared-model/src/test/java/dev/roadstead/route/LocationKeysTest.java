package dev.roadstead.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.SessionId;
import dev.roadstead.route.UploadLocation.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LocationKeysTest {
  private static final RepositoryName APP = new RepositoryName("library/app");
  private static final UploadLocation LOCATION =
      new UploadLocation(
          APP,
          new SessionId(UUID.fromString("12345678-9abc-4def-8012-3456789abcde")),
          Phase.FRESH,
          1_767_225_600);

  private final LocationKeys keys = new LocationKeys(List.of(key(1)));

  private static byte[] key(int filling) {
    var key = new byte[LocationKeys.KEY_BYTES];
    Arrays.fill(key, (byte) filling);
    return key;
  }

  @Property
  void readsWhatItHasSigned(
      @ForAll long high, @ForAll long low, @ForAll Phase phase, @ForAll long until) {
    var location = new UploadLocation(APP, new SessionId(new UUID(high, low)), phase, until);
    var segment = keys.sign(location);
    assertThat(segment).matches("[A-Za-z0-9._-]{1,100}");
    assertThat(keys.verify(APP, segment)).contains(location);
  }

  @Property
  void readsNothingThatIsAlteredInOnePlace(
      @ForAll @IntRange(max = 200) int place, @ForAll char other) {
    var segment = keys.sign(LOCATION);
    int at = place % segment.length();
    var altered = segment.substring(0, at) + other + segment.substring(at + 1);
    assertThat(keys.verify(APP, altered).isPresent()).isEqualTo(altered.equals(segment));
  }

  @Test
  void readsNothingThatIsLongerOrShorter() {
    var segment = keys.sign(LOCATION);
    for (int length = 0; length < segment.length(); length++) {
      assertThat(keys.verify(APP, segment.substring(0, length))).isEmpty();
      assertThat(keys.verify(APP, segment.substring(length + 1))).isEmpty();
    }
    for (var end : List.of("=", "A", "AAAA", ".", " ", "\n", "%00", "\u0000")) {
      assertThat(keys.verify(APP, segment + end)).isEmpty();
    }
    assertThat(keys.verify(APP, segment.toUpperCase(Locale.ROOT))).isEmpty();
  }

  @Property
  void readsNoOtherText(@ForAll String text) {
    assertThat(keys.verify(APP, text)).isEmpty();
  }

  @Test
  void readsNothingThatWasSignedForAnotherRepository() {
    assertThat(keys.verify(new RepositoryName("library/other"), keys.sign(LOCATION))).isEmpty();
    assertThat(keys.verify(new RepositoryName("library"), keys.sign(LOCATION))).isEmpty();
  }

  @Test
  void believesTheOldKeyWhileKeysAreExchanged() {
    var exchanged = new LocationKeys(List.of(key(2), key(1)));
    assertThat(exchanged.verify(APP, keys.sign(LOCATION))).contains(LOCATION);
    assertThat(keys.verify(APP, exchanged.sign(LOCATION))).isEmpty();
    var later = new LocationKeys(List.of(key(2)));
    assertThat(later.verify(APP, keys.sign(LOCATION))).isEmpty();
  }

  @Test
  void keysHaveOneLength() {
    assertThatThrownBy(() -> new LocationKeys(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LocationKeys(List.of(key(1), new byte[31])))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
