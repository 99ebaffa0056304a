package dev.roadstead.pause.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  @ParameterizedTest
  @EnumSource
  void readsAPlatformAsItIsPrinted(Platform platform) {
    assertThat(Platform.parse(platform.toString())).isEqualTo(platform);
  }

  @Test
  void readsArm64WithAndWithoutItsVariant() {
    assertThat(Platform.parse("linux/arm64/v8")).isEqualTo(Platform.LINUX_ARM64);
    assertThat(Platform.parse("linux/arm64")).isEqualTo(Platform.LINUX_ARM64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "amd64", "windows/amd64", "linux/arm", "linux/mips64", "linux/amd64/"})
  void namesThePlatformsThereAre(String text) {
    assertThatThrownBy(() -> Platform.parse(text))
        .hasMessage(
            "no pause for platform '%s'; there are linux/amd64, linux/arm64, linux/arm/v7,"
                + " linux/ppc64le, linux/s390x, linux/riscv64, linux/loong64",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.10.2", "3.1", "4.0.0-acme.1", "3.10.2-Ours_2"})
  void takesVersions(String text) {
    assertThat(new PauseVersion(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "3", "v3.10.2", "3.10.2-", "3.10.2 ", "3.10.2\n", "3.10.2-a..b", "latest"})
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> new PauseVersion(text))
        .hasMessage("'%s' is no version; write 3.10.2, or 3.10.2-acme.1 for one of your own", text);
  }

  @Test
  void refusesAVersionLongerThanATagMayBe() {
    assertThatThrownBy(() -> new PauseVersion("3.10-" + "a".repeat(60)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nobody", "65535:", ":1", "1:2:3", "-1", "2147483648", "1:9999999999"})
  void refusesAUserThatIsNoNumber(String text) {
    assertThatThrownBy(() -> new ContainerUser(text))
        .hasMessageStartingWith("'%s' is no user; write numbers", text);
  }

  @Test
  void refusesAnImageForNobody() {
    assertThatThrownBy(() -> recipe(Set.of(), Map.of()))
        .hasMessage("an image needs at least one platform");
  }

  @Test
  void limitsWhatCanBeAdded() {
    var tooMany =
        IntStream.rangeClosed(0, Recipe.MAX_EXTRA_NAMES)
            .mapToObj(Integer::toString)
            .collect(Collectors.toMap(Function.identity(), Function.identity()));

    assertThatThrownBy(() -> recipe(tooMany)).hasMessage("at most 64 labels can be added");
    assertThatThrownBy(() -> recipe(Map.of("a", "b".repeat(1025))))
        .hasMessage("name and value of a label have at most 1024 characters");
    assertThatThrownBy(() -> recipe(Map.of(" ", "b")))
        .hasMessage("a label needs a name: write name=value");
  }

  private static Recipe recipe(Map<String, String> labels) {
    return recipe(EnumSet.allOf(Platform.class), labels);
  }

  private static Recipe recipe(Set<Platform> platforms, Map<String, String> labels) {
    return new Recipe(PauseVersion.NEWEST, platforms, ContainerUser.NOBODY, labels, Map.of());
  }
}
