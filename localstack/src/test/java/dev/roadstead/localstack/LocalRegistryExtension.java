package dev.roadstead.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A whole registry in this process on an empty data folder, for as long as one test class. */
final class LocalRegistryExtension implements BeforeAllCallback, AfterAllCallback {
  private final boolean relay;
  private final boolean showRedirects;
  private final Optional<String> administrator;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Optional<Path> folder = Optional.empty();
  private Optional<LocalRegistry> registry = Optional.empty();

  private LocalRegistryExtension(boolean relay, boolean showRedirects) {
    this(relay, showRedirects, Optional.empty());
  }

  private LocalRegistryExtension(
      boolean relay, boolean showRedirects, Optional<String> administrator) {
    this.administrator = administrator;
    this.relay = relay;
    this.showRedirects = showRedirects;
  }

  static LocalRegistryExtension asItComes() {
    return new LocalRegistryExtension(true, false);
  }

  /** With accounts, on the stores asked for; the administrator has this password. */
  static LocalRegistryExtension withAccounts(String password) {
    return new LocalRegistryExtension(true, false, Optional.of(password));
  }

  static LocalRegistryExtension withoutRelay() {
    return new LocalRegistryExtension(false, false);
  }

  static LocalRegistryExtension showingRedirects() {
    return new LocalRegistryExtension(true, true);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    var root = Files.createTempDirectory("roadstead");
    folder = Optional.of(root);
    var options =
        new LocalOptions(InetAddress.getLoopbackAddress(), 0, data(), relay, showRedirects);
    registry =
        Optional.of(
            LocalRegistry.start(
                administrator.isPresent()
                    ? TestBackend.withFunctions(options.with(TestBackend.fresh()))
                        .withAccounts(administrator.get())
                    : options));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    http.close();
    registry.orElseThrow().close();
    try (var files = Files.walk(folder.orElseThrow())) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  int port() {
    return registry.orElseThrow().port();
  }

  /** The data folder. */
  Path data() {
    return folder.orElseThrow().resolve("data");
  }

  /** A request to an address, which may be what a {@code Location} header said. */
  HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port()).resolve(address));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException failed) {
      throw new AssertionError("no answer", failed);
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }

  HttpResponse<byte[]> get(String address) {
    return send(request(address));
  }

  HttpResponse<byte[]> head(String address) {
    return send(request(address).HEAD());
  }

  HttpResponse<byte[]> put(String address, byte[] body) {
    return send(request(address).PUT(BodyPublishers.ofByteArray(body)));
  }

  /** Where a new upload to this repository goes. */
  String startUpload(String repository) {
    var answer =
        send(request("/v2/" + repository + "/blobs/uploads/").POST(BodyPublishers.noBody()));
    return answer.headers().firstValue("Location").orElseThrow();
  }

  RawConnection connect() {
    return RawConnection.to(port());
  }

  static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
