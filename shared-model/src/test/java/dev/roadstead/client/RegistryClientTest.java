package dev.roadstead.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.client.SmallRegistry.Access;
import dev.roadstead.client.SmallRegistry.Answer;
import dev.roadstead.model.Digest;
import dev.roadstead.model.MediaType;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said to a registry, and what is made of its answers. */
class RegistryClientTest {
  private static final RepositoryName REPOSITORY = new RepositoryName("team/app");
  private static final byte[] BLOB = "bytes".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.sha256(BLOB);
  private static final byte[] INDEX = "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(UTF_8);
  private static final String UPLOADS = "/v2/team/app/blobs/uploads/";

  @AutoClose private final SmallRegistry registry;
  @AutoClose private final RegistryClient client;
  private final List<Duration> waits = new ArrayList<>();

  RegistryClientTest() throws IOException {
    registry = SmallRegistry.start(Access.OPEN);
    client = new RegistryClient(registry.host(), _ -> new Credentials.Anonymous(), waits::add);
  }

  @Test
  void pushesABlobWithOnePutUnlessItIsThere() throws IOException {
    client.pushBlob(REPOSITORY, DIGEST, BLOB);
    client.pushBlob(REPOSITORY, DIGEST, BLOB);

    assertThat(registry.requests())
        .containsExactly(
            "HEAD /v2/team/app/blobs/" + DIGEST,
            "POST " + UPLOADS,
            "PUT " + UPLOADS + "1",
            "HEAD /v2/team/app/blobs/" + DIGEST);
    assertThat(client.pullBlob(REPOSITORY, DIGEST, 100)).isEqualTo(BLOB);
  }

  @Test
  void pushesAFile(@TempDir Path folder) throws IOException {
    client.pushBlob(REPOSITORY, DIGEST, Files.write(folder.resolve("layer"), BLOB));

    assertThat(client.hasBlob(REPOSITORY, DIGEST)).isTrue();
  }

  @Test
  void pullsByTagAndByDigestWhatWasPushed() throws IOException {
    client.pushManifest(REPOSITORY, new Tag("v1"), MediaType.OCI_INDEX, INDEX);

    var byTag = client.pullManifest(REPOSITORY, new Tag("v1"));
    assertThat(byTag.bytes()).isEqualTo(INDEX);
    assertThat(byTag.mediaType()).isEqualTo(MediaType.OCI_INDEX);
    assertThat(client.pullManifest(REPOSITORY, byTag.digest()).bytes()).isEqualTo(INDEX);
  }

  @Test
  void refusesOtherBytesThanTheDigestPromises() {
    registry.answer("GET", html("no index"), html("no blob"));

    assertThatThrownBy(() -> client.pullManifest(REPOSITORY, DIGEST))
        .hasMessage("the registry answered other bytes than those of " + DIGEST);
    assertThatThrownBy(() -> client.pullBlob(REPOSITORY, DIGEST, 100))
        .hasMessage("the registry answered other bytes than those of " + DIGEST);
  }

  @Test
  void refusesABlobLongerThanAllowed() throws IOException {
    client.pushBlob(REPOSITORY, DIGEST, BLOB);

    assertThatThrownBy(() -> client.pullBlob(REPOSITORY, DIGEST, 4))
        .hasMessage("the blob " + DIGEST + " is longer than 4 bytes");
  }

  @Test
  void explainsARefusalInTheRegistrysOwnWords() {
    registry.answer(
        "PUT",
        new Answer(
            405, Map.of(), "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"tag is\\nheld\"}]}"));

    assertThatThrownBy(
            () -> client.pushManifest(REPOSITORY, new Tag("v1"), MediaType.OCI_INDEX, INDEX))
        .isInstanceOf(RegistryRefusal.class)
        .hasMessage(
            registry.host()
                + " refused to store the manifest v1 in team/app: status 405, DENIED tag is held");
  }

  @Test
  void explainsARefusalWithoutWordsByItsStatus() {
    registry.answer("GET", html("<h1>Bad gateway</h1>", 502));

    assertThatThrownBy(() -> client.pullManifest(REPOSITORY, new Tag("v1")))
        .hasMessage(registry.host() + " refused to give the manifest v1 in team/app: status 502");
  }

  @Test
  void waitsAsLongAsItIsToldAndGoesOn() throws IOException {
    client.pushManifest(REPOSITORY, new Tag("v1"), MediaType.OCI_INDEX, INDEX);
    registry.answer(
        "GET",
        new Answer(429, Map.of("Retry-After", "7"), ""),
        new Answer(503, Map.of(), ""),
        new Answer(429, Map.of("Retry-After", "86400"), ""));

    client.pullManifest(REPOSITORY, new Tag("v1"));
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  @Test
  void givesUpAfterFourWaits() {
    var busy = new Answer(429, Map.of(), "");
    registry.answer("GET", busy, busy, busy, busy, busy);

    assertThatThrownBy(() -> client.pullManifest(REPOSITORY, new Tag("v1")))
        .hasMessageContaining("status 429");
    assertThat(waits).hasSize(4);
  }

  @Test
  void sendsDataOnlyOnce() {
    registry.answer("PUT", new Answer(503, Map.of(), ""));

    assertThatThrownBy(() -> client.pushBlob(REPOSITORY, DIGEST, BLOB))
        .hasMessageContaining("status 503");
    assertThat(waits).isEmpty();
  }

  @Test
  void followsNoRedirectForEver() {
    var again = new Answer(307, Map.of("Location", "/v2/team/app/blobs/" + DIGEST), "");
    registry.answer("GET", again, again, again, again, again, again, again);

    assertThatThrownBy(() -> client.pullBlob(REPOSITORY, DIGEST, 100))
        .hasMessageContaining("status 307");
  }

  @Test
  void uploadsNothingToAnAddressThatOthersCanRead() {
    registry.answer("POST", new Answer(202, Map.of("Location", "http://r.example/upload"), ""));

    assertThatThrownBy(() -> client.pushBlob(REPOSITORY, DIGEST, BLOB))
        .hasMessageContaining("answered 202 with no address that can be followed");
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    var host = registry.host();
    registry.close();

    assertThatThrownBy(() -> client.hasBlob(REPOSITORY, DIGEST))
        .hasMessage("cannot connect to http://" + host + "; is it running, and there?");
  }

  private static Answer html(String text) {
    return html(text, 200);
  }

  private static Answer html(String text, int status) {
    return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), text);
  }
}
