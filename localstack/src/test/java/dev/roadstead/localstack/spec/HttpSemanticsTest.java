package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.API;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the specification says nothing, HTTP does (RFC 9110). */
class HttpSemanticsTest extends SpecTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE | /v2/                       | GET, HEAD",
        "PUT    | /v2/team/app/tags/list     | GET",
        "POST   | /v2/team/app/manifests/v1  | GET, HEAD, PUT, DELETE",
        "GET    | /v2/team/app/blobs/uploads/| POST",
        "OPTIONS| /v2/team/app/referrers/x   | GET",
      })
  @Requirement(
      section = API,
      number = 1,
      level = SHOULD,
      value = "a method that an address does not take: 405, and Allow names those it takes")
  void saysWhichMethodsAnAddressTakes(String method, String path, String allowed) {
    var reply = registry.http().send(method, path, BodyPublishers.noBody());

    reply.expectError(405, "UNSUPPORTED");
    assertThat(reply.header("Allow").split(", ")).containsExactlyInAnyOrder(allowed.split(", "));
  }

  @Test
  @Requirement(
      section = API,
      number = 2,
      level = SHOULD,
      value = "HEAD answers the status and the headers of GET, and no body")
  void answersHeadAsGet() {
    repository.pushImage("v1");

    for (var path : new String[] {"/manifests/v1", "/manifests/none", "/blobs/none"}) {
      var get = repository.get(path);
      var head = repository.head(path).expect(get.status());
      assertThat(head.body()).isEmpty();
      assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
      assertThat(head.header("Content-Length")).isEqualTo("" + get.body().length);
    }
  }

  @Test
  @Requirement(
      section = API,
      number = 3,
      level = SHOULD,
      value = "DELETE that was done is not found when it comes again")
  void deletesOnce() {
    repository.pushImage("v1");

    repository.delete("/manifests/v1").expect(202);

    repository.delete("/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=500-0", "bytes=a-b", "bytes=", "lines=0-1", "bytes"})
  @Requirement(
      section = API,
      number = 4,
      level = SHOULD,
      value = "a Range that is malformed or of another unit is as none: 200 and the whole blob")
  void ignoresARangeThatIsNone(String range) {
    var blob = repository.pushBlob();

    var reply = repository.get("/blobs/" + blob.digest(), "Range", range).expect(200);

    assertThat(reply.body()).isEqualTo(blob.bytes());
  }

  @Test
  @Requirement(
      section = API,
      number = 5,
      level = SHOULD,
      value = "what the API has no address for: 404")
  void findsNothingElsewhere() {
    registry.http().get("/v1/search?q=app").expectError(404, "UNSUPPORTED");
  }
}
