package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.aws.AwsSettings;
import dev.roadstead.aws.Server;
import dev.roadstead.aws.Servers;
import dev.roadstead.endpoints.jobs.S3Events;
import dev.roadstead.model.Digest;
import dev.roadstead.model.RepositoryName;
import dev.roadstead.registry.Keys;
import dev.roadstead.route.Limits;
import dev.roadstead.store.Consistency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket whose server posts its own events, which versitygw does and the gateway then does not.
 */
class StorageEventsTest {
  private static final byte[] BLOB = new byte[Limits.FUNCTION_BODY_BYTES + 1];
  private static final Digest DIGEST = Digest.sha256(BLOB);
  private static final RepositoryName REPOSITORY = new RepositoryName("told/by/s3");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static URI events = URI.create("");
  private static AwsSettings settings = AwsSettings.of(Map.of());
  private static Optional<Server> s3 = Optional.empty();
  private static Optional<LocalRegistry> registry = Optional.empty();

  /** The server looks at its start whether somebody listens, so the registry begins first. */
  @BeforeAll
  static void startRegistryAndThenServer(@TempDir Path data) {
    events = URI.create("http://127.0.0.1:" + Server.freePort() + "/" + UUID.randomUUID());
    int s3Port = Server.freePort();
    settings =
        new AwsSettings(
            "events",
            "test-" + UUID.randomUUID(),
            Optional.of(URI.create("http://127.0.0.1:" + s3Port)),
            TestBackend.onServers().dynamoDbEndpoint());
    var starting = CompletableFuture.supplyAsync(() -> start(data));
    Server.awaitListener(events.getPort());
    s3 = Optional.of(Servers.versitygwThatPosts(s3Port, events));
    registry = Optional.of(starting.join());
  }

  private static LocalRegistry start(Path data) {
    var options =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, data, true, false)
            .with(new Backend.Aws(settings, Optional.of(events)));
    try {
      return LocalRegistry.start(options);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @AfterAll
  static void stop() {
    registry.ifPresent(LocalRegistry::close);
    s3.ifPresent(Server::close);
  }

  @Test
  void claimABlobThatNobodyHasAskedFor() throws Exception {
    var uploads = "http://127.0.0.1:" + registry.orElseThrow().port() + "/v2/";
    var begun = post(URI.create(uploads + REPOSITORY + "/blobs/uploads/"), "");
    var location = begun.headers().firstValue("Location").orElseThrow();
    var put = URI.create(uploads).resolve(location + "?digest=" + DIGEST);

    var answer = send(HttpRequest.newBuilder(put).PUT(BodyPublishers.ofByteArray(BLOB)));

    assertThat(answer.statusCode()).isEqualTo(201);
    awaitLink();
  }

  @Test
  void areTakenUnderTheirNameOnly() throws Exception {
    assertThat(post(events, "{\"Event\":\"s3:TestEvent\"}").statusCode()).isEqualTo(200);

    assertThat(post(events.resolve("/events"), "{}").statusCode()).isEqualTo(404);
    assertThat(send(HttpRequest.newBuilder(events)).statusCode()).isEqualTo(405);
    assertThat(post(events, "no event").statusCode()).isEqualTo(400);
    assertThat(post(events, " ".repeat(S3Events.MAX_BYTES + 1)).statusCode()).isEqualTo(413);
  }

  /** Looks into the table: asking the registry would claim the blob. */
  private static void awaitLink() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var stores = Servers.stores(settings)) {
      while (stores.metadata().get(Keys.link(REPOSITORY, DIGEST), Consistency.STRONG).isEmpty()) {
        assertThat(System.nanoTime()).as("not claimed").isLessThan(deadline);
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }

  private static HttpResponse<String> post(URI address, String body) throws Exception {
    return send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
