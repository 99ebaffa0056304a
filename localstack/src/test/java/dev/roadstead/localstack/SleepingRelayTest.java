package dev.roadstead.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.client.AdminClient;
import dev.roadstead.client.HttpAdminTransport;
import dev.roadstead.embedded.DoorFile;
import dev.roadstead.model.Digest;
import dev.roadstead.registry.RegistrySettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay in a process that sleeps: who wakes it, and what its end does to others. */
class SleepingRelayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final String CONTAINERD = "containerd/2.4.2";
  private static final String CRANE = "crane/0.22.1 go-containerregistry/v0.22.1";
  private static final byte[] BLOB = new byte[6_000_000];

  static {
    new Random(5).nextBytes(BLOB);
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path data;
  private Optional<LocalRegistry> registry = Optional.empty();

  private void start(Duration wakeDelay, Duration idle) throws IOException {
    start(wakeDelay, idle, RegistrySettings.DEFAULTS);
  }

  private void start(Duration wakeDelay, Duration idle, RegistrySettings settings)
      throws IOException {
    registry =
        Optional.of(
            LocalRegistry.start(
                new LocalOptions(InetAddress.getLoopbackAddress(), 0, data, true, false)
                    .with(settings)
                    .with(new Backend.Aws(TestBackend.onServers(), Optional.empty()))
                    .with(new RelayMode.Wake(wakeDelay, idle))));
  }

  @AfterEach
  void stop() {
    client.close();
    registry.ifPresent(LocalRegistry::close);
    assertThat(relays()).as("left behind").isEmpty();
  }

  @Test
  void takesAStreamFromWhoeverHasWokenIt() throws Exception {
    start(SHORT, TEN_MINUTES);
    assertThat(relays()).isEmpty();

    assertThat(push("team/app", CRANE).statusCode()).isEqualTo(201);

    assertThat(relays()).hasSize(1);
    var pulled = send(request("/v2/team/app/blobs/" + Digest.sha256(BLOB)));
    assertThat(Digest.sha256(pulled.body())).isEqualTo(Digest.sha256(BLOB));
  }

  @Test
  void isNotWokenByAClientThatSendsWholeBlobs() throws Exception {
    start(Duration.ofHours(1), TEN_MINUTES);
    var location = location(post("team/app", CONTAINERD));

    var stored = send(put(location, BLOB));

    assertThat(stored.statusCode()).isEqualTo(201);
    assertThat(relays()).isEmpty();
  }

  /** Whole blobs need it too where nothing may go past it. */
  @Test
  void isWokenByEverybodyWhereDirectPutsAreRefused() throws Exception {
    start(SHORT, TEN_MINUTES, RegistrySettings.DEFAULTS.withDirectPut(false));
    var location = location(post("team/app", CONTAINERD));
    assertThat(relays()).hasSize(1);

    var stored = send(put(location, BLOB));

    assertThat(stored.statusCode()).isEqualTo(201);
    var pulled = send(request("/v2/team/app/blobs/" + Digest.sha256(BLOB)));
    assertThat(Digest.sha256(pulled.body())).isEqualTo(Digest.sha256(BLOB));
    relays().getFirst().destroyForcibly();
    assertThat(send(put(location(post("team/other", CONTAINERD)), BLOB)).statusCode())
        .as("without it")
        .isEqualTo(502);
  }

  /** Docker 29 does not say whether it will send streams; if it does, it repeats what failed. */
  @Test
  void beginsToWakeForAClientThatMayOrMayNotSendStreams() throws Exception {
    start(SHORT, TEN_MINUTES);

    var location = location(post("team/app", "docker/29.1.0"));
    assertThat(send(patch(location)).statusCode()).isEqualTo(502);

    assertThat(post("team/app", CRANE).statusCode()).isEqualTo(202);
    assertThat(relays()).hasSize(1);
  }

  @Test
  void isStartedOnceByTwoAtOnce() throws Exception {
    start(SHORT, TEN_MINUTES);

    var one = CompletableFuture.supplyAsync(() -> push("team/one", CRANE).statusCode());
    var other = CompletableFuture.supplyAsync(() -> push("team/other", CRANE).statusCode());

    assertThat(List.of(one.get(), other.get())).containsOnly(201);
    assertThat(relays()).hasSize(1);
  }

  @Test
  void fallsAsleepWhenNobodyNeedsItAndIsWokenAgain() throws Exception {
    start(SHORT, SHORT);
    assertThat(push("team/app", CRANE).statusCode()).isEqualTo(201);
    var first = relays().getFirst();

    first.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(push("team/app2", CRANE).statusCode()).isEqualTo(201);
    assertThat(relays()).doesNotContain(first);
  }

  @Test
  void losesNothingWhenItDiesInTheMiddleOfAStream() throws Exception {
    start(SHORT, TEN_MINUTES);
    var location = location(post("team/app", CRANE));
    try (var connection = RawConnection.to(port())) {
      connection
          .send("PATCH " + location + " HTTP/1.1\nHost: registry\nTransfer-Encoding: chunked\n\n")
          .sendChunks(BLOB.length);
      var relay = relays().getFirst();
      relay.destroyForcibly();
      relay.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      var answer = connection.send("0\n\n").readToEnd();

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).contains("\"UNKNOWN\"", "push again");
    }

    assertThat(pushAsOftenAsDocker().statusCode()).isEqualTo(201);
    assertThat(isClean()).isTrue();
  }

  /** A relay that died is believed awake for a while; Docker pauses 5, 10, 15 and 20 seconds. */
  private HttpResponse<byte[]> pushAsOftenAsDocker() throws InterruptedException {
    for (int pauseSeconds = 5; pauseSeconds <= 20; pauseSeconds += 5) {
      var accepted = send(patch(location(post("team/app", CRANE))));
      if (accepted.statusCode() == 202) {
        return send(put(location(accepted), new byte[0]));
      }
      assertThat(accepted.statusCode()).isEqualTo(502);
      Thread.sleep(Duration.ofSeconds(pauseSeconds));
    }
    throw new AssertionError("every push has failed");
  }

  /** Who was believed to need none, and does. */
  @Test
  void saysThatItSleepsToAStreamThatComesWithoutWakingIt() throws Exception {
    start(Duration.ofHours(1), TEN_MINUTES);
    var location = location(post("team/app", CONTAINERD));

    var answer = send(patch(location));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("asleep");
  }

  @Test
  @Tag("long")
  void saysClearlyAndInTimeThatItNeverWakes() throws Exception {
    start(Duration.ofHours(1), TEN_MINUTES);

    var answer =
        CompletableFuture.supplyAsync(() -> post("team/app", CRANE)).get(90, TimeUnit.SECONDS);

    assertThat(answer.statusCode()).isEqualTo(424);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("\"UNSUPPORTED\"", "did not wake within 50 s", "Docker 29", "operator");
    assertThat(post("team/app", CONTAINERD).statusCode()).isEqualTo(202);
  }

  /** A whole blob as a stream of unknown length, and then its end. */
  private HttpResponse<byte[]> push(String repository, String userAgent) {
    var accepted = send(patch(location(post(repository, userAgent))));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertThat(accepted.headers().firstValue("Range")).contains("0-" + (BLOB.length - 1));
    return send(put(location(accepted), new byte[0]));
  }

  private HttpResponse<byte[]> post(String repository, String userAgent) {
    return send(
        request("/v2/" + repository + "/blobs/uploads/")
            .header("User-Agent", userAgent)
            .POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder patch(String location) {
    var stream = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(BLOB));
    return request(location).method("PATCH", stream);
  }

  private HttpRequest.Builder put(String location, byte[] body) {
    return request(location + "?digest=" + Digest.sha256(BLOB))
        .PUT(BodyPublishers.ofByteArray(body));
  }

  private static String location(HttpResponse<byte[]> answer) {
    assertThat(answer.statusCode()).isEqualTo(202);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port()).resolve(path));
  }

  private int port() {
    return registry.orElseThrow().port();
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new AssertionError("no answer", failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** The processes of this registry's relay: the servers that tests start are no Java. */
  private static List<ProcessHandle> relays() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("/java"))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  /** Looks at everything the registry has, all bytes included. */
  private boolean isClean() throws IOException, InterruptedException {
    var door = DoorFile.read(data).orElseThrow();
    try (var admin = new AdminClient(HttpAdminTransport.with(door.token(), door.address()))) {
      var order = AdminClient.document();
      order.put("mode", "check");
      order.put("bytes", "all");
      admin.post("check", order);
      var status = admin.get("check", Map.of());
      while (status.path("state").asString().equals("running")) {
        Thread.sleep(SHORT.toMillis() / 10);
        status = admin.get("check", Map.of());
      }
      return status.at("/report/clean").asBoolean(false);
    }
  }
}
