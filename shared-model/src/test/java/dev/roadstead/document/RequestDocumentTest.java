package dev.roadstead.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.error.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDocumentTest {
  private static RequestDocument read(String json) {
    return RequestDocument.read(
        json.getBytes(StandardCharsets.UTF_8), Set.of("name", "count", "really", "tags"));
  }

  @Test
  void givesWhatIsThere() {
    var document = read("{\"name\":\"a\",\"count\":7,\"really\":true,\"tags\":[\"x\",\"y\"]}");

    assertThat(document.text("name")).isEqualTo("a");
    assertThat(document.numberIfAny("count")).hasValue(7);
    assertThat(document.flag("really")).isTrue();
    assertThat(document.texts("tags")).containsExactly("x", "y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"name\":null,\"count\":null,\"really\":null,\"tags\":null}"})
  void takesNothingForMissing(String json) {
    var document = read(json);

    assertThat(document.textIfAny("name")).isEmpty();
    assertThat(document.numberIfAny("count")).isEmpty();
    assertThat(document.flag("really")).isFalse();
    assertThat(document.texts("tags")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "1",
        "{",
        "{} {}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"other\":1}",
        "{\"tags\":[[[[[[]]]]]]}",
        "{\"count\":99999999999999999999}"
      })
  void refusesWhatIsNoSuchObject(String json) {
    refused(() -> read(json));
  }

  @Test
  void refusesValuesOfOtherKindsWithoutQuotingThem() {
    var document = read("{\"name\":7357,\"count\":1.5,\"really\":\"yes\",\"tags\":[1]}");

    refused(() -> document.text("name"));
    refused(() -> document.numberIfAny("count"));
    refused(() -> document.flag("really"));
    refused(() -> document.texts("tags"));
    refused(() -> read("{}").text("name"));
  }

  private static void refused(Runnable reading) {
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(reading::run)
        .matches(refusal -> refusal.problems().getFirst().code() == ErrorCode.REQUEST_INVALID)
        .withMessageNotContaining("7357");
  }
}
