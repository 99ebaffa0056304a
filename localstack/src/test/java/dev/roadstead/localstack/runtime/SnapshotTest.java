package dev.roadstead.localstack.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roadstead.aws.Servers;
import dev.roadstead.endpoints.FunctionSettings;
import dev.roadstead.localstack.TestBackend;
import dev.roadstead.registry.RegistrySettings;
import dev.roadstead.route.LocationKeys;
import dev.roadstead.route.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Lambda finds in a process that it takes a snapshot of, and what the process does when it is
 * restored. This test is Lambda and the server of credentials; the runtime client calls the hooks.
 */
@Tag("long") // it starts a process
class SnapshotTest {
  private static final int PATIENCE_SECONDS = 60;
  private static final String CREDENTIALS = "/credentials";
  private static final String ESTABLISHED = "01";
  private static final String EVENT =
      "{\"rawPath\":\"/v2/team/app/manifests/latest\",\"headers\":{},"
          + "\"requestContext\":{\"http\":{\"method\":\"GET\"}}}";

  private final CountDownLatch primed = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);
  private final CompletableFuture<String> event = new CompletableFuture<>();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final AtomicInteger credentialsGiven = new AtomicInteger();
  private HttpServer lambda;
  private Process function;

  @BeforeEach
  void start() throws IOException {
    var code = PackageUnderTest.open();
    var stores = TestBackend.onServers();
    try (var setup = Servers.stores(stores)) {
      setup.setup().table();
    }
    lambda = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    lambda.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    lambda.createContext("/", this::serve);
    lambda.start();
    var settings =
        new FunctionSettings(
            Operation.GET_MANIFEST,
            List.of(new byte[LocationKeys.KEY_BYTES]),
            Optional.empty(),
            RegistrySettings.DEFAULTS);
    var whole = code.quickToStart().with(stores.variables()).with(settings.variables());
    var builder =
        new ProcessBuilder(whole.command())
            .directory(code.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var authority = "127.0.0.1:" + lambda.getAddress().getPort();
    builder.environment().clear();
    builder.environment().putAll(whole.environment());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", authority);
    builder.environment().put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    builder.environment().put("AWS_REGION", Servers.REGION);
    builder
        .environment()
        .put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + authority + CREDENTIALS);
    function = builder.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (function != null) { // nothing was skipped
      function.destroyForcibly().waitFor();
      lambda.stop(0);
    }
  }

  @Test
  void hasWalkedIntoTheStoresAndHoldsNothingOpenAndAsksForCredentialsAnew() throws Exception {
    assertThat(primed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("was primed").isTrue();
    assertThat(credentialsGiven).as("credentials for priming").hasValue(1);
    assertThat(connections()).as("connections in the snapshot").isEmpty();

    restored.countDown();
    event.complete(EVENT);

    assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).contains("\"statusCode\":404");
    assertThat(credentialsGiven).as("credentials after all").hasValue(2);
  }

  private void serve(HttpExchange exchange) throws IOException {
    var call = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (call.equals(CREDENTIALS)) {
      say(exchange, 200, credentials());
    } else if (call.endsWith("/restore/next")) {
      primed.countDown();
      await(restored);
      say(exchange, 200, "");
    } else if (call.endsWith("/invocation/next")) {
      var headers = exchange.getResponseHeaders();
      headers.add("Lambda-Runtime-Aws-Request-Id", "1");
      headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(Long.MAX_VALUE));
      headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:0:function:it");
      headers.add("Lambda-Runtime-Trace-Id", "Root=1");
      var given = event.join();
      if (answer.isDone()) {
        return; // there is no second one
      }
      say(exchange, 200, given);
    } else {
      say(exchange, 202, "");
      answer.complete(body);
    }
  }

  private String credentials() {
    credentialsGiven.incrementAndGet();
    return """
        {"AccessKeyId":"%s","SecretAccessKey":"%s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}"""
        .formatted(Servers.ACCESS_KEY, Servers.SECRET_KEY);
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** The function's TCP connections, but for those to Lambda, as the kernel lists them. */
  private List<String> connections() throws IOException {
    var process = Path.of("/proc", Long.toString(function.pid()));
    List<String> sockets;
    try (var files = Files.list(process.resolve("fd"))) {
      sockets = files.map(SnapshotTest::target).toList();
    }
    var lambdaPort = ":%04X".formatted(lambda.getAddress().getPort());
    var connections = new ArrayList<String>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : Files.readAllLines(process.resolve("net").resolve(table))) {
        var fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(ESTABLISHED)
            && sockets.contains("socket:[" + fields[9] + "]")
            && !fields[2].endsWith(lambdaPort)) {
          connections.add(line);
        }
      }
    }
    return connections;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
