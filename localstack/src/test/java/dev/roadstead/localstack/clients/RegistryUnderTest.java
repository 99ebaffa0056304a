package dev.roadstead.localstack.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.FunctionKiller;
import dev.roadstead.localstack.TestBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The registry under test: one for all classes of a JVM, which use repositories and bytes of their
 * own. It is started before the first class and stopped after the last.
 *
 * <p>{@code -Droadstead.mode=embedded} says how it runs, see {@link TestBackend}. {@code
 * ROADSTEAD_TEST_URL=http://127.0.0.1:5000} runs the tests against a registry that is there already
 * and empty, ours or a peer. What the registry logged stays in {@code localstack/target/clients-1}
 * and {@code -2}.
 */
final class RegistryUnderTest implements BeforeAllCallback {
  private static final Path FOLDER =
      Tools.repository()
          .resolve("localstack/target")
          .resolve(System.getProperty("roadstead.clients", "clients"));

  private Optional<Running> running = Optional.empty();

  /** What the tests share: where the registry is, and its process if it is ours. */
  private record Running(String authority, Optional<RegistryProcess> process)
      implements AutoCloseable {

    static Running start() {
      var there = Optional.ofNullable(System.getenv("ROADSTEAD_TEST_URL"));
      if (there.isPresent()) {
        return new Running(URI.create(there.get()).getAuthority(), Optional.empty());
      }
      try {
        delete(FOLDER);
        Files.createDirectories(FOLDER);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      var process = startOne(FOLDER);
      return new Running(process.authority(), Optional.of(process));
    }

    @Override
    public void close() throws IOException {
      if (process.isPresent()) {
        try (var ours = process.get()) {
          ours.stayedWithinItsMemory();
        } finally {
          delete(process.get().data());
        }
      }
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var shared = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
    running =
        Optional.of(
            shared.getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class));
  }

  /** Starts one more, for a test that needs two or wants to stop it; it must be closed. */
  static RegistryProcess startOne(Path folder) {
    return RegistryProcess.start(folder, TestBackend.fresh());
  }

  /** {@code 127.0.0.1:PORT}, the host part of every reference. */
  String authority() {
    return running.orElseThrow().authority();
  }

  /** Fails when it has ever used more memory than it is said to, as far as we can see that. */
  void stayedWithinItsMemory() {
    running.orElseThrow().process().ifPresent(RegistryProcess::stayedWithinItsMemory);
  }

  /** Kills its functions, which are processes of their own, until that is closed. */
  FunctionKiller killFunctions() {
    return FunctionKiller.of(running.orElseThrow().process().orElseThrow().daemon().handle());
  }

  /** The digest of a tag's manifest, as the registry tells it. */
  String manifestDigest(String repository, String tag) {
    var answer =
        send(
            request(repository, "manifests/" + tag)
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .HEAD());
    return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
  }

  /** The tags of a repository, as the registry lists them. */
  String tags(String repository) {
    return send(request(repository, "tags/list")).body();
  }

  /** What refers to a manifest, as the registry lists it. */
  String referrers(String repository, String digest) {
    return send(request(repository, "referrers/" + digest)).body();
  }

  /** A request to an address of a repository, which is written as in references. */
  private static HttpRequest.Builder request(String repository, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + repository.replaceFirst("/", "/v2/") + "/" + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("status of %s", answer.uri()).isEqualTo(200);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
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
}
