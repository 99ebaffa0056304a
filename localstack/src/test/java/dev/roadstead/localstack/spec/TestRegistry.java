package dev.roadstead.localstack.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.localstack.Backend;
import dev.roadstead.localstack.LocalOptions;
import dev.roadstead.localstack.LocalRegistry;
import dev.roadstead.localstack.RawConnection;
import dev.roadstead.localstack.TestBackend;
import dev.roadstead.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A whole registry in this process, on a free port, as {@code ./roadstead up} starts it. */
final class TestRegistry implements AutoCloseable {
  /** Repositories of all tests have different names, so that tests cannot see each other. */
  private static final AtomicInteger REPOSITORIES = new AtomicInteger();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LocalRegistry registry;
  private final Path data;
  private final Backend backend;
  private final Http http;

  private TestRegistry(LocalRegistry registry, Path data, Backend backend) {
    this.registry = registry;
    this.data = data;
    this.backend = backend;
    this.http = new Http(registry.port());
  }

  static TestRegistry start(Path data) throws IOException {
    return start(options(data));
  }

  /** With another limit for how long a client may be silent. */
  static TestRegistry start(Path data, Duration idleLimit) throws IOException {
    return start(options(data).with(idleLimit));
  }

  /** With other settings. */
  static TestRegistry start(Path data, RegistrySettings settings) throws IOException {
    return start(options(data).with(settings));
  }

  /** On stores that another registry had before. */
  static TestRegistry start(Path data, Backend backend) throws IOException {
    return start(options(data).with(backend));
  }

  private static LocalOptions options(Path data) {
    return new LocalOptions(InetAddress.getLoopbackAddress(), 0, data, true, false)
        .with(TestBackend.fresh());
  }

  private static TestRegistry start(LocalOptions options) throws IOException {
    var registry = LocalRegistry.start(TestBackend.withFunctions(options));
    return new TestRegistry(registry, options.data(), options.backend());
  }

  Http http() {
    return http;
  }

  /** A repository that is not there yet. */
  Repository freshRepository() {
    return repository("team/app-" + REPOSITORIES.incrementAndGet());
  }

  Repository repository(String name) {
    return new Repository(http, name);
  }

  /** A connection on which a test says exactly what it wants. */
  RawConnection connect() {
    return RawConnection.to(registry.port());
  }

  /** The names of all repositories. */
  List<String> catalog() {
    return http.get("/v2/_catalog").expect(200).texts("repositories");
  }

  /**
   * What holds bytes of clients, with its size: files below the data folder, and objects of a
   * bucket. Metadata is not among them: what it says is asked over HTTP.
   */
  Map<String, Long> contentFiles() {
    var files =
        switch (backend) {
          case Backend.Embedded() -> new TreeMap<String, Long>();
          case Backend.EmbeddedS3(var settings, var _) ->
              new TreeMap<>(TestBackend.objects(settings));
          case Backend.Aws(var settings, var _) -> new TreeMap<>(TestBackend.objects(settings));
        };
    var walk =
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
            // The SQLite driver puts its own library into the folder.
            if (!file.getFileName().toString().startsWith("sqlite-")) {
              files.put(data.relativize(file).toString(), is.size());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path removedMeanwhile, IOException failed) {
            return FileVisitResult.CONTINUE;
          }
        };
    try {
      for (var folder : List.of("objects", "multipart", "tmp")) {
        Files.walkFileTree(data.resolve(folder), walk);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return files;
  }

  /** Waits for the job that removes bytes which came straight from a client in vain. */
  void awaitRemovalOf(Content blob) {
    var hex = blob.digest().substring("sha256:".length());
    var deadline = Instant.now().plus(PATIENCE);
    while (contentFiles().keySet().stream().anyMatch(file -> file.contains(hex))) {
      assertThat(Instant.now()).as("%s is still there", hex).isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Override
  public void close() {
    registry.close();
    assertThat(contentFiles().keySet()).as("unfinished files").noneMatch(f -> f.startsWith("tmp"));
  }
}
