package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that takes few requests a minute. */
class RequestLimitTest {
  private static final String TYPE = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\",\"manifests\":[]}";

  private static final String PASSWORD = "correct horse";
  private static final String BASIC =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

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

  @Test
  void countsAnAccountByItsTokenAndTheRestByNetworkWhateverProcessesTheFunctionsAreIn()
      throws Exception {
    var here =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, folder.resolve("data"), false, false);
    var options =
        TestBackend.withFunctions(here.with(TestBackend.fresh()))
            .withAccounts(PASSWORD)
            .limitedTo(4);
    var clock = InstantSource.fixed(InstantSource.system().instant());
    try (var registry = LocalRegistry.start(options, clock);
        var client = HttpClient.newHttpClient()) {
      var root = URI.create("http://127.0.0.1:" + registry.port() + "/");
      var token =
          send(
              client,
              request(root, "token?service=roadstead&scope=repository:team/app:pull", BASIC));
      var bearer = "Bearer " + token.body().replaceAll(".*\"token\":\"([^\"]*)\".*", "$1");
      var byToken = request(root, "v2/team/app/tags/list", bearer);
      var byPassword = request(root, "v2/", BASIC);

      assertThat(statuses(client, byToken)).containsExactly(404, 404, 404, 404, 429);
      assertThat(statuses(client, byPassword))
          .as("the network, which has got a token already")
          .containsExactly(200, 200, 200, 429, 429);
      assertThat(send(client, byToken).headers().firstValue("Retry-After")).contains("15");
    }
  }

  private static HttpRequest request(URI root, String path, String authorization) {
    return HttpRequest.newBuilder(root.resolve(path))
        .header("Authorization", authorization)
        .build();
  }

  private static List<Integer> statuses(HttpClient client, HttpRequest request) throws Exception {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 5; i++) {
      statuses.add(send(client, request).statusCode());
    }
    return statuses;
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
