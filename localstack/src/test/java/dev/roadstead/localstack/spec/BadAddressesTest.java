package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, tags, digests, methods and queries that are wrong. */
class BadAddressesTest extends BadInputTest {
  private static final String HEX =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/../../etc/passwd",
        "/v2/team/../../../objects/tags/list",
        "/v2/team/./app/tags/list",
        "/v2/%2e%2e/%2e%2e/etc/tags/list",
        "/v2/..%2f..%2fetc%2fpasswd/tags/list",
        "/v2/team%2F..%2Fapp/tags/list",
        "/v2/%252e%252e/tags/list",
        "/v2/team/app%00/tags/list",
        "/v2/team/app%0a/tags/list",
        "/v2/team/app%ff/tags/list",
        "/v2/team/app%c0%ae/tags/list",
        "/v2/team/app%5c..%5c/tags/list",
        "/v2/team/app;x=y/tags/list",
        "/v2/team/app/manifests/..%2f..%2fmetadata.db",
        "/v2/team/app/manifests/%00",
        "/v2/team/app/blobs/..%2f..%2fkeys",
        "/v2/team/app/blobs/sha256:..%2f..%2fkeys",
        "/v2/team/app/blobs/uploads/..%2f..%2fkeys",
        "/v2/team/app/referrers/%2e%2e",
      })
  void leadsNobodyOutOfTheRegistry(String path) {
    var reply = registry.http().get(path);

    assertThat(reply.status()).isBetween(400, 404);
    assertThat(reply.errors()).hasSize(1);
  }

  @Test
  void refusesLongNames() {
    var name = "a/".repeat(127) + "ab";

    registry.repository(name).get("/tags/list").expectError(400, "NAME_INVALID");
    registry.repository("a".repeat(30_000)).get("/tags/list").expectError(400, "NAME_INVALID");
    registry
        .repository("a" + "-a".repeat(14_000))
        .post("/blobs/uploads/")
        .expectError(400, "NAME_INVALID");
  }

  @Test
  void refusesLongTags() {
    var image = Manifest.image(Content.random(10));
    var tag = "t".repeat(30_000);

    repository.put("/manifests/" + tag, image).expectError(400, "TAG_INVALID");
    repository.get("/manifests/" + tag).expectError(404, "MANIFEST_UNKNOWN");
    repository.delete("/manifests/" + tag).expectError(404, "MANIFEST_UNKNOWN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:",
        "sha256:" + HEX + "0",
        "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
        "SHA256:" + HEX,
        "sha512:" + HEX,
        "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "blake3:" + HEX,
        "sha256:" + HEX + ":" + HEX,
        "sha256+b64:" + HEX,
        ":" + HEX,
        HEX,
        "sha256:%30",
      })
  void refusesWhatIsNoDigest(String digest) {
    repository.get("/blobs/" + digest).expectError(400, "DIGEST_INVALID");
    repository.head("/blobs/" + digest).expectError(400, "DIGEST_INVALID");
    repository.delete("/blobs/" + digest).expectError(400, "DIGEST_INVALID");
    repository.get("/referrers/" + digest).expectError(400, "DIGEST_INVALID");
    repository.postBlob(Content.random(10), digest).expectError(400, "DIGEST_INVALID");
    repository.post("/blobs/uploads/?mount=" + digest).expectError(400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,     '',                    405",
    "HEAD,    '',                    405",
    "PUT,     '',                    405",
    "DELETE,  /tags/list,            405",
    "HEAD,    /tags/list,            405",
    "OPTIONS, /tags/list,            405",
    "PROPFIND,/manifests/latest,     405",
    "get,     /manifests/latest,     405",
    "PATCH,   /manifests/latest,     405",
    "PUT,     /blobs/sha256:0,       405",
    "POST,    /referrers/sha256:0,   405",
    "HEAD,    /blobs/uploads/x,      405",
  })
  void namesTheMethodsThatAnAddressTakes(String method, String rest, int status) {
    var path = repository.path(rest.isEmpty() ? "/blobs/uploads/" : rest);

    var reply = registry.http().send(method, path, BodyPublishers.noBody());

    reply.expectError(status, "UNSUPPORTED");
    assertThat(reply.header("Allow")).matches("[A-Z]+(, [A-Z]+)*").doesNotContain(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "abc", "", "1.5", "0x10", "+1", "1e3", "9999999999999999999999"})
  void refusesWhatIsNoNumberOfEntries(String n) {
    var stored = registry.freshRepository();
    stored.pushImage("v1");
    keepsWhatIsStored();

    stored.get("/tags/list?n=" + n).expectError(400, "UNSUPPORTED");
    registry.http().get("/v2/_catalog?n=" + n).expectError(400, "UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?last=",
        "?last=%2f..%2f",
        "?last=" + HEX + HEX + HEX,
        "?n&last",
        "?last=a&last=b",
        "?=&&=x"
      })
  void listsInSpiteOfOddQueries(String query) {
    var stored = registry.freshRepository();
    stored.pushImage("v1");
    keepsWhatIsStored();

    var tags = stored.get("/tags/list" + query);
    var catalog = registry.http().get("/v2/_catalog" + query);

    assertThat(tags.status()).isEqualTo(catalog.status()).isIn(200, 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?digest", "?digest=", "?digest=%00", "?digest=a&digest=b"})
  void beginsNothingWithADigestThatIsNone(String query) {
    repository.post("/blobs/uploads/" + query).expect(400).errors();
    repository.startUpload();
    registry.http().put(repository.startUpload().location() + query, new byte[1]).expect(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "../x", "a%00b"})
  void mountsNothingFromWhatIsNoName(String from) {
    var query = "?mount=" + Content.ABSENT_DIGEST + "&from=" + from;

    repository.post("/blobs/uploads/" + query).expect(400).errors();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha1", "", "sha256:", "SHA256"})
  void refusesAnUnknownDigestAlgorithm(String algorithm) {
    repository
        .post("/blobs/uploads/?digest-algorithm=" + algorithm)
        .expectError(400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tags/list", "/manifests/latest", "/blobs/" + Content.ABSENT_DIGEST})
  void ignoresABodyOfAGet(String rest) {
    var body = BodyPublishers.ofString("what is this?");

    registry.http().send("GET", repository.path(rest), body).expect(404).errors();
    registry.http().send("HEAD", repository.path("/manifests/x"), body).expect(404);
    registry.http().get("/v2/").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/_catalog/",
        "/v2/a/tags",
        "/v2/a/tags/list/",
        "/v2/a/blobs/",
        "/v2/a/manifests/",
        "/v2/a/manifests",
        "/v2/a/referrers/",
        "/v2/tags/list",
        "/v2/manifests/x",
        "/V2/",
        "/v2/a"
      })
  void hasNoOtherAddresses(String path) {
    var reply = registry.http().get(path);

    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.errors()).hasSize(1);
  }
}
