package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Level.SHOULD;
import static dev.roadstead.localstack.spec.Requirement.Section.ERROR_CODES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.ErrorCode;
import dev.roadstead.localstack.RawConnection;
import dev.roadstead.relay.Relay;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorsTest extends SpecTest {
  /** Those of the spec's table, and the one it inherits from Docker's schema 1. */
  private static final Set<String> CODES =
      Set.of(
          "BLOB_UNKNOWN",
          "BLOB_UPLOAD_INVALID",
          "BLOB_UPLOAD_UNKNOWN",
          "DIGEST_INVALID",
          "MANIFEST_BLOB_UNKNOWN",
          "MANIFEST_INVALID",
          "MANIFEST_UNKNOWN",
          "NAME_INVALID",
          "NAME_UNKNOWN",
          "SIZE_INVALID",
          "UNAUTHORIZED",
          "DENIED",
          "UNSUPPORTED",
          "TOOMANYREQUESTS",
          "TAG_INVALID");

  private static final int INTERNAL = 500;

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/team/absent/tags/list, 404",
    "GET, /v2/team/absent/manifests/latest, 404",
    "GET, /v2/team/absent/blobs/sha256:0, 400",
    "GET, /v2/Team/tags/list, 400",
    "DELETE, /v2/team/absent/blobs/uploads/x, 404",
    "POST, /v2/team/absent/tags/list, 405",
    "GET, /v2/nothing, 404",
    "GET, /nothing, 404",
    "GET, /v2/_catalog?n=-1, 400",
  })
  @Requirement(
      section = ERROR_CODES,
      number = 1,
      value = "the JSON of a 4xx is a list of errors with code, message and detail")
  void answersErrorsInTheSpecsForm(String method, String path, int status) {
    var nothing = BodyPublishers.noBody();

    var errors = registry.http().send(method, path, nothing).expect(status).errors();

    assertThat(CODES).contains(errors.getFirst().code());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement(section = ERROR_CODES, number = 2, value = "every code of a 4xx is one of the table")
  void hasNoOtherCodes(ErrorCode error) {
    if (error.status() < INTERNAL) {
      assertThat(CODES).contains(error.specCode());
    }
  }

  @ParameterizedTest
  @EnumSource
  @Requirement(
      section = ERROR_CODES,
      number = 3,
      level = SHOULD,
      value = "a message is for people to read")
  void speaksToPeople(ErrorCode error) {
    assertThat(error.message()).matches("[a-z][^{}<>]{10,}").contains(" ");
  }

  @Test
  @Requirement(
      section = ERROR_CODES,
      number = 4,
      level = SHOULD,
      value = "a 429 says with Retry-After when to come again")
  void saysWhenToComeAgain() {
    var busy = new ArrayList<RawConnection>();
    try {
      for (int stream = 0; stream < Relay.MAX_STREAMS; stream++) {
        var connection = registry.connect().send(longPost());
        busy.add(connection);
        connection.awaitBytes(); // 100 Continue: it has its turn
      }
      try (var connection = registry.connect().send(longPost())) {
        var refused = connection.readToEnd();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("TOOMANYREQUESTS");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
      }
    } finally {
      busy.forEach(RawConnection::close);
    }
  }

  /** A blob in one POST, too long for a function, whose body does not come. */
  private String longPost() {
    return """
        POST %s?digest=%s HTTP/1.1
        Host: 127.0.0.1
        Content-Length: 5000000
        Expect: 100-continue

        """
        .formatted(repository.path("/blobs/uploads/"), Content.ABSENT_DIGEST);
  }
}
