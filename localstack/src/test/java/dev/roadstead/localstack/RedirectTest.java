package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With {@code --redirect} clients are sent to the bytes, as in the cloud. */
class RedirectTest {
  private static final byte[] BLOB = "the bytes of a blob".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.showingRedirects();

  private static String address = "";

  @BeforeAll
  static void push() {
    var location = REGISTRY.startUpload("team/app");
    REGISTRY.put(location + "?digest=" + Digest.sha256(BLOB), BLOB);
    var answer = REGISTRY.get("/v2/team/app/blobs/" + Digest.sha256(BLOB));

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Docker-Content-Digest"))
        .hasValue(Digest.sha256(BLOB).toString());
    address = answer.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void leadsToTheBytes() {
    var answer = REGISTRY.get(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(BLOB);
  }

  @Test
  void leadsToPartsToo() {
    var answer = REGISTRY.send(REGISTRY.request(address).header("Range", "bytes=4-8"));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("bytes");
  }

  @Test
  void tellsTheLengthWithoutABody() {
    var answer = REGISTRY.head(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(BLOB.length);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "expires=,  expires=9", // later
    "mac=,      mac=0", // longer
    "_objects/., _objects/x", // another object
    "mac=.*,    mac=00000000000000000000000000000000",
    "[?].*,     ''" // nothing of it
  })
  void leadsNowhereWhenItWasChanged(String part, String other) {
    var changed = address.replaceFirst(part, other);
    assertThat(changed).isNotEqualTo(address);
    var answer = REGISTRY.get(changed);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(LocalRegistryExtension.text(answer)).contains("DENIED");
  }

  @Test
  void isNoPlaceToWriteTo() {
    assertThat(REGISTRY.put(address, BLOB).statusCode()).isEqualTo(405);
  }
}
