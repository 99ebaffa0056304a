package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.model.Digest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading blobs, whole and in parts (RFC 9110, section 14). */
class BlobRangeTest {
  private static final int SIZE = 300_000;
  private static final byte[] BLOB = new byte[SIZE];

  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.asItComes();

  private static String address = "";

  @BeforeAll
  static void push() {
    new Random(7).nextBytes(BLOB);
    address = "/v2/team/app/blobs/" + Digest.sha256(BLOB);
    var location = REGISTRY.startUpload("team/app");
    REGISTRY.put(location + "?digest=" + Digest.sha256(BLOB), BLOB);
  }

  @Test
  void givesTheWholeBlobAndSaysThatPartsCanBeHad() {
    var answer = REGISTRY.get(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(BLOB);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/octet-stream");
    assertThat(header(answer, "Content-Length")).isEqualTo("" + SIZE);
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "Docker-Content-Digest")).isEqualTo("" + Digest.sha256(BLOB));
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Security-Policy")).isEqualTo("sandbox");
  }

  @ParameterizedTest(name = "{0} -> bytes {1} to {2}")
  @CsvSource({
    "bytes=0-0,             0,       0",
    "bytes=0-,              0,       299999",
    "bytes=100000-,         100000,  299999",
    "bytes=100000-299999,   100000,  299999",
    "bytes=100000-300000,   100000,  299999", // regctl: the end is the size
    "bytes=5-99999999999999999999, 5, 299999",
    "bytes=-1,              299999,  299999",
    "bytes=-400000,         0,       299999"
  })
  void givesAPart(String range, int first, int last) {
    var answer = REGISTRY.send(REGISTRY.request(address).header("Range", range));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes %d-%d/%d", first, last, SIZE);
    assertThat(header(answer, "Docker-Content-Digest")).isEqualTo("" + Digest.sha256(BLOB));
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(BLOB, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=300000-", "bytes=300000-300001", "bytes=-0"})
  void refusesAPartThatIsNotThere(String range) {
    var answer = REGISTRY.send(REGISTRY.request(address).header("Range", range));

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */" + SIZE);
    assertThat(LocalRegistryExtension.text(answer)).startsWith("{\"errors\":[");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,5-6",
        "bytes=2-1",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "lines=0-1",
        "0-1"
      })
  void givesTheWholeBlobForWhatIsNotOneRange(String range) {
    var answer = REGISTRY.send(REGISTRY.request(address).header("Range", range));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(BLOB);
  }

  @Test
  void tellsTheLengthWithoutABody() {
    var answer = REGISTRY.head(address);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("" + SIZE);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void givesAnEmptyBlob() {
    var empty = Digest.sha256(new byte[0]);
    var location = REGISTRY.startUpload("team/empty");
    REGISTRY.put(location + "?digest=" + empty, new byte[0]);

    var answer = REGISTRY.get("/v2/team/empty/blobs/" + empty);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length")).isEqualTo("0");
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
