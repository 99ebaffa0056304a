package dev.roadstead.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.route.Limits;
import dev.roadstead.route.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events in, responses out. */
class FunctionHandlerTest {
  private static final String ADDRESS = "/v2/team/app/manifests/v1";

  /** Not ASCII, and spaced as no JSON writer would. */
  private static final byte[] INDEX =
      """
      {"schemaVersion" : 2,
       "mediaType":"application/vnd.oci.image.index.v1+json", "manifests":[],
       "annotations":{"a":"\u00e4\\"b"} }
      """
          .getBytes(StandardCharsets.UTF_8);

  private final MemoryFunctions functions = new MemoryFunctions();

  @Test
  void keepsAManifestByteForByte() {
    var pushed = functions.call(Operation.PUT_MANIFEST, Event.put(ADDRESS, INDEX).json());
    var pulled = functions.call(Operation.GET_MANIFEST, Event.get(ADDRESS).json());

    assertThat(pushed.status()).isEqualTo(201);
    assertThat(pulled.status()).isEqualTo(200);
    assertThat(pulled.body()).isEqualTo(INDEX);
    assertThat(pulled.headers())
        .containsEntry("Content-Type", "application/vnd.oci.image.index.v1+json")
        .containsEntry("docker-content-digest", pushed.headers().get("docker-content-digest"));
  }

  @Test
  void takesABodyThatTheFunctionUrlHasLeftAsText() {
    var event =
        """
        {"rawPath":"%s","requestContext":{"http":{"method":"PUT"}},"headers":{},
         "body":"{\\"schemaVersion\\":2,\\"mediaType\\":\\"application/vnd.oci.image.index.v1+json\\",\\"manifests\\":[],\\"annotations\\":{\\"a\\":\\"\u00e4\\"}}",
         "isBase64Encoded":false}"""
            .formatted(ADDRESS);

    assertThat(functions.call(Operation.PUT_MANIFEST, event).status()).isEqualTo(201);
    assertThat(functions.call(Operation.GET_MANIFEST, Event.get(ADDRESS).json()).text())
        .endsWith("{\"a\":\"\u00e4\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/team%2Fapp/manifests/v%31", ADDRESS})
  void readsTheAddressWhetherItIsDecodedAlreadyOrNot(String address) {
    functions.call(Operation.PUT_MANIFEST, Event.put(ADDRESS, INDEX).json());

    assertThat(functions.call(Operation.GET_MANIFEST, Event.get(address).json()).status())
        .isEqualTo(200);
  }

  @Test
  void readsEveryValueOfAParameterFromTheRawQuery() {
    var event = new Event("GET", "/v2/_catalog", "n=x&n=5", Map.of(), new byte[0]);

    assertThat(functions.call(Operation.LIST_CATALOG, event.json()).text())
        .contains("n is a whole number");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/team/app/blobs/none, 405, UNSUPPORTED",
    "/v2/a/manifests/%zz, 400, UNSUPPORTED",
    "/v2/TEAM/manifests/v1, 400, NAME_INVALID",
    "/elsewhere, 404, UNSUPPORTED",
    "'', 404, UNSUPPORTED"
  })
  void refusesWhatIsNotForIt(String address, int status, String code) {
    var answer = functions.call(Operation.GET_MANIFEST, Event.get(address).json());

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains(code);
    assertThat(functions.calls.calls()).isEmpty();
  }

  @Test
  void refusesAnotherMethodThanItsOwn() {
    var event = Event.put(ADDRESS, INDEX);

    assertThat(functions.call(Operation.DELETE_MANIFEST, event.json()).status()).isEqualTo(405);
    assertThat(functions.metadata.all()).isEmpty();
  }

  @Test
  void refusesTextThatIsLongerThanAFunctionTakes() {
    var event =
        "{\"rawPath\":\"%s\",\"requestContext\":{\"http\":{\"method\":\"PUT\"}},\"body\":\"%s\"}"
            .formatted(ADDRESS, " ".repeat(Limits.FUNCTION_BODY_BYTES + 1));

    assertThat(functions.call(Operation.PUT_MANIFEST, event).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"body\":\"x\",\"isBase64Encoded\":true"})
  void failsWhenItIsCalledWithoutAnEvent(String event) {
    assertThatThrownBy(() -> functions.call(Operation.PING, event))
        .isInstanceOf(RuntimeException.class);
  }
}
