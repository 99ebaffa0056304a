package dev.roadstead.localstack.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The registry under test: the very launcher that users run, on a free port and an empty data
 * folder, for as long as one test class.
 *
 * <p>{@code ROADSTEAD_TEST_URL=http://127.0.0.1:5000} runs the tests against a registry that is
 * there already and empty, ours or a peer. {@code -Droadstead.command=PATH} names another launcher.
 * What the registry logged stays in {@code localstack/target/clients}.
 */
final class RegistryProcess implements BeforeAllCallback, AfterAllCallback {
  private static final Optional<String> OTHER_REGISTRY =
      Optional.ofNullable(System.getenv("ROADSTEAD_TEST_URL"));

  private @Nullable Daemon daemon;
  private String authority = "";

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (OTHER_REGISTRY.isPresent()) {
      authority = URI.create(OTHER_REGISTRY.get()).getAuthority();
      return;
    }
    var folder = folder(context);
    delete(folder);
    Files.createDirectories(folder);
    var command = launcher().and("up", "--port", freePort());
    daemon = Daemon.start(command.and("--data", folder.resolve("data")), folder);
    authority = URI.create(daemon.awaitOutput("^ready (http://\\S+)\\R").group(1)).getAuthority();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (daemon == null) {
      return;
    }
    try {
      daemon.stop();
    } finally {
      daemon = null;
      delete(folder(context).resolve("data"));
    }
  }

  /** What users type before a command. */
  static Command launcher() {
    var path = Tools.repository().resolve("roadstead").toString();
    return new Command(Path.of(System.getProperty("roadstead.command", path)));
  }

  /** {@code 127.0.0.1:PORT}, the host part of every reference. */
  String authority() {
    return authority;
  }

  /** The digest of a tag's manifest, as the registry tells it. */
  String manifestDigest(String repository, String tag) {
    var path = repository.substring(authority.length());
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + authority + "/v2" + path + "/manifests/" + tag))
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
            .HEAD()
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
      return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static Path folder(ExtensionContext context) {
    return Tools.repository().resolve("localstack/target/clients", context.getDisplayName());
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
