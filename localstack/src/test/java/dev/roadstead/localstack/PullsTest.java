package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.Credentials;
import dev.roadstead.client.HttpAdminTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often something was pulled, as an administrator reads it; in every mode. */
class PullsTest {
  private static final String PASSWORD = "correct horse";
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"manifests\":[]}";

  @TempDir private Path folder;

  private static int send(LocalRegistry registry, String method, String path, String user) {
    var both = (user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + registry.port() + "/v2/" + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both))
            .header("Content-Type", TYPE)
            .method(method, BodyPublishers.ofString(method.equals("PUT") ? MANIFEST : ""))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException failed) {
      throw new AssertionError("no answer", failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  private static AdminClient as(String user, LocalRegistry registry) {
    var address = URI.create("http://127.0.0.1:" + registry.port());
    return new AdminClient(
        HttpAdminTransport.as(new Credentials.Password(user, PASSWORD), address));
  }

  @Test
  void areCountedByDayAndManifestAndAreStoredBeforeTheRegistryEnds() throws IOException {
    var here = new LocalOptions(InetAddress.getLoopbackAddress(), 0, folder, true, false);
    var options = TestBackend.withFunctions(here.with(TestBackend.fresh())).withAccounts(PASSWORD);
    try (var registry = LocalRegistry.start(options);
        var admin = as("admin", registry)) {
      admin.put("users/stranger", AdminClient.document().put("password", PASSWORD));
      assertThat(send(registry, "PUT", "team/app/manifests/v1", "admin")).isEqualTo(201);
      for (int i = 0; i < 3; i++) {
        assertThat(send(registry, "GET", "team/app/manifests/v1", "admin")).isEqualTo(200);
      }
      assertThat(send(registry, "HEAD", "team/app/manifests/v1", "admin")).isEqualTo(200);
      assertThat(send(registry, "GET", "team/app/manifests/v2", "admin")).isEqualTo(404);
      assertThat(send(registry, "GET", "team/app/manifests/v1", "stranger")).isEqualTo(403);
    }
    var tomorrow = InstantSource.system().instant().plusSeconds(86_400);
    try (var registry = LocalRegistry.start(options, InstantSource.fixed(tomorrow));
        var admin = as("admin", registry);
        var stranger = as("stranger", registry)) {
      var counts = admin.list("pulls/team/app", "pulls", Map.of()).path("pulls");
      assertThat(counts).hasSize(1);
      assertThat(counts.path(0).path("pulls").asInt()).isEqualTo(3);
      assertThat(counts.path(0).path("digest").asString()).startsWith("sha256:");
      assertThat(day(tomorrow)).isGreaterThan(counts.path(0).path("day").asString());
      var since = Map.of("since", day(tomorrow));
      assertThat(admin.list("pulls/team/app", "pulls", since).path("pulls")).isEmpty();
      assertThat(admin.list("pulls/team/other", "pulls", Map.of()).path("pulls")).isEmpty();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> stranger.list("pulls/team/app", "pulls", Map.of()))
          .withMessageContaining("may not administer");
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> admin.list("pulls/team/app", "pulls", Map.of("since", "yesterday")))
          .withMessageContaining("2026-01-31");
    }
  }

  private static String day(Instant moment) {
    return moment.toString().substring(0, "2026-01-31".length());
  }
}
