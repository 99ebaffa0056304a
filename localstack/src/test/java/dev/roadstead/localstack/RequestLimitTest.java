package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that takes two requests a minute. */
class RequestLimitTest {
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"manifests\":[]}";

  @TempDir private Path folder;

  @Test
  void tellsWhoAsksTooOftenWhenToComeBackAndLetsPushesEnd() throws Exception {
    var options =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, folder.resolve("data"), false, false)
            .limitedTo(2);
    var clock = InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));
    try (var registry = LocalRegistry.start(options, clock);
        var client = HttpClient.newHttpClient()) {
      var app = "http://127.0.0.1:" + registry.port() + "/v2/team/app/";
      var tags = HttpRequest.newBuilder(URI.create(app + "tags/list")).build();
      assertThat(send(client, tags).statusCode()).isEqualTo(404);
      assertThat(send(client, tags).statusCode()).isEqualTo(404);

      var refused = send(client, tags);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("30");
      assertThat(refused.body()).contains("TOOMANYREQUESTS");
      var push =
          HttpRequest.newBuilder(URI.create(app + "manifests/v1"))
              .header("Content-Type", TYPE)
              .PUT(BodyPublishers.ofString(MANIFEST))
              .build();
      assertThat(send(client, push).statusCode()).isEqualTo(201);
    }
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
