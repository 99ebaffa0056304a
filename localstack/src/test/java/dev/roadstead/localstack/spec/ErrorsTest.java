package dev.roadstead.localstack.spec;

import static dev.roadstead.localstack.spec.Requirement.Section.ERROR_CODES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.error.ErrorCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
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
      value = "the JSON of a 4xx is a list of errors with code, message and detail")
  void answersErrorsInTheSpecsForm(String method, String path, int status) {
    var nothing = BodyPublishers.noBody();

    var errors = registry.http().send(method, path, nothing).expect(status).errors();

    assertThat(CODES).contains(errors.getFirst().code());
  }

  @ParameterizedTest
  @EnumSource
  @Requirement(section = ERROR_CODES, value = "every code of a 4xx is one of the table")
  void hasNoOtherCodes(ErrorCode error) {
    if (error.status() < INTERNAL) {
      assertThat(CODES).contains(error.specCode());
    }
  }
}
