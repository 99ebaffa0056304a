package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.RawConnection.RawAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request, or none this API has: one clear answer in the spec's JSON. */
class MalformedRequestTest {
  @RegisterExtension
  static final LocalRegistryExtension REGISTRY = LocalRegistryExtension.asItComes();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\n\n",
        "GET /v2/ HTTP/1.1\n\n",
        "GET /v2/ HTTP/9.9\nHost: x\n\n",
        "GET /v2/ HTTP/1.1\nHost: x\nHost: y\n\n",
        "GET /v2/ HTTP/1.1\nHost: x\nNo colon\n\n",
        "GET /v2/\u0001 HTTP/1.1\nHost: x\n\n",
        "GET /v2/%00 HTTP/1.1\nHost: x\n\n",
        "GET /v2/%zz HTTP/1.1\nHost: x\n\n",
        "GET /v2/%c3%28 HTTP/1.1\nHost: x\n\n",
        "GET /v2/_catalog?n=%f HTTP/1.1\nHost: x\nConnection: close\n\n",
        "GET /v2/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\nHost: x\n\n",
        "GET /v2/a%2fb/tags/list HTTP/1.1\nHost: x\n\n",
        "GET * HTTP/1.1\nHost: x\n\n",
        "GET //v2/ HTTP/1.1\nHost: x\n\n",
        "GET /../../etc/passwd HTTP/1.1\nHost: x\n\n",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\nab",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: -1\n\n",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: +5\n\nabcde",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length : 5\n\nabcde",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nTransfer-Encoding: xchunked\n\n",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nContent-Length: 3\nTransfer-Encoding: chunked\n\n0\n\n",
        "PUT /v2/a/manifests/b HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\nzz\nabc\n0\n\n",
      })
  void isRefusedAsMalformed(String request) {
    var answer = send(request);

    assertThat(answer.status()).isEqualTo(400);
    assertIsOneErrorAndNothingElse(answer, "UNSUPPORTED");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "/v2/team/../../app/tags/list,              NAME_INVALID",
    "/v2/team/./app/tags/list,                  NAME_INVALID",
    "/v2/TEAM/tags/list,                        NAME_INVALID",
    "/v2/team/app/blobs/sha256:..,              DIGEST_INVALID",
    "/v2/team/app/manifests/sha256:0,           DIGEST_INVALID"
  })
  void isRefusedForItsName(String address, String code) {
    var answer = send("GET " + address + " HTTP/1.1\nHost: x\nConnection: close\n\n");

    assertThat(answer.status()).isEqualTo(400);
    assertIsOneErrorAndNothingElse(answer, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1/", "/v2x", "/v2/team", "/v2/team/app/nothing", "/_objects"})
  void isRefusedForItsAddress(String address) {
    var answer = send("GET " + address + " HTTP/1.1\nHost: x\nConnection: close\n\n");

    assertThat(answer.status()).isEqualTo(404);
    assertIsOneErrorAndNothingElse(answer, "UNSUPPORTED");
  }

  @ParameterizedTest(name = "{0} {1} -> Allow: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "BREW;    /v2/;                        GET, HEAD",
        "get;     /v2/;                        GET, HEAD",
        "OPTIONS; /v2/;                        GET, HEAD",
        "TRACE;   /v2/;                        GET, HEAD",
        "POST;    /v2/a/manifests/b;           GET, HEAD, PUT, DELETE",
        "GET;     /v2/a/blobs/uploads/;        POST",
        "POST;    /v2/a/blobs/uploads/x;       GET, PUT, PATCH, DELETE",
        "DELETE;  /_objects/a?expires=1&mac=0; GET, HEAD"
      })
  void isToldWhichMethodsThereAre(String method, String address, String allowed) {
    var answer = send(method + " " + address + " HTTP/1.1\nHost: x\nConnection: close\n\n");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    assertIsOneErrorAndNothingElse(answer, "UNSUPPORTED");
  }

  @Test
  void mayHaveLongHeadersAsTokensAre() {
    var answer =
        send("GET /v2/ HTTP/1.1\nHost: x\nConnection: close\nA: " + "a".repeat(60_000) + "\n\n");

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {66_000, 1_000_000, 20_000_000})
  void isRefusedForALongHeader(int length) {
    assertIsTooLong(send("GET /v2/ HTTP/1.1\nHost: x\nA: " + "a".repeat(length) + "\n\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {66_000, 1_000_000, 20_000_000})
  void isRefusedForALongAddress(int length) {
    assertIsTooLong(send("GET /v2/" + "a".repeat(length) + " HTTP/1.1\nHost: x\n\n"));
  }

  @Test
  void isRefusedForManyHeaders() {
    assertIsTooLong(send("GET /v2/ HTTP/1.1\nHost: x\n" + "A: b\n".repeat(20_000) + "\n"));
  }

  private static void assertIsTooLong(RawAnswer answer) {
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    assertIsOneErrorAndNothingElse(answer, "UNSUPPORTED");
  }

  private static void assertIsOneErrorAndNothingElse(RawAnswer answer, String code) {
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
    assertThat(answer.header("Server")).isEmpty();
    assertThat(answer.body())
        .matches("\\{\"errors\":\\[\\{\"code\":\"" + code + "\",\"message\":\"[^\"]+\"}]}")
        .doesNotContain("Exception", "jetty", "java");
  }

  private static RawAnswer send(String request) {
    try (var connection = REGISTRY.connect()) {
      return connection.send(request).readToEnd();
    }
  }
}
