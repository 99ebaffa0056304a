package dev.roadstead.localstack.runtime;

import dev.roadstead.store.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of a package, loaded and linked beforehand in a file (JEP 514): processes that begin
 * with it take half the CPU time until their first answer. It is made once for a build of the
 * package, by a process that primes itself as it would before a snapshot.
 *
 * <p>Without the file everything works, more slowly; so whatever goes wrong here is only said. It
 * appears by one rename: a crash leaves none, or a whole one, and two makers do not meet.
 */
public final class ClassCache {
  private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

  /** How long a process may take to begin, to prime itself and to write what it has loaded. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** A request that every operation answers, though it may be with an error. */
  private static final byte[] EVENT =
      "{\"rawPath\":\"/v2/\",\"headers\":{},\"requestContext\":{\"http\":{\"method\":\"GET\"}}}"
          .getBytes(StandardCharsets.US_ASCII);

  private ClassCache() {}

  /**
   * Sees to it that there is one.
   *
   * @param code the package with the settings of one function, whose classes it will hold; one that
   *     writes loads most of what the others need
   * @return where it is; empty when it cannot be made
   */
  public static Optional<Path> of(FunctionPackage code, Ids ids, InstantSource clock) {
    var file = code.classCacheFile();
    try {
      if (!code.isOlderThan(file)) {
        LOG.info("making a cache of the functions' classes, once");
        make(code, file, ids, clock);
      }
      return Optional.of(file);
    } catch (IOException | TimeoutException failed) {
      LOG.warn("functions begin slowly, without a cache of their classes: {}", failed.toString());
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static void make(FunctionPackage code, Path file, Ids ids, InstantSource clock)
      throws IOException, TimeoutException, InterruptedException {
    var aside = file.resolveSibling(file.getFileName() + "." + ids.next());
    var started = new CompletableFuture<FunctionProcess>();
    try (var api = new RuntimeApi(ids, line -> {});
        var pool =
            new FunctionPool(
                "class-cache",
                1,
                LIMIT,
                own -> {
                  var process = api.start(code.writingClassCache(aside), own);
                  started.complete(process);
                  return process;
                })) {
      var invocation =
          new Invocation(
              ids.next().toString(), EVENT, clock.instant().plus(LIMIT), new CompletableFuture<>());
      pool.add(invocation);
      awaitAnswer(invocation);
      started.resultNow().end(LIMIT);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
      Files.deleteIfExists(Path.of(aside + ".config")); // what the JVM writes first
    }
  }

  private static void awaitAnswer(Invocation invocation)
      throws IOException, TimeoutException, InterruptedException {
    try {
      var _ = invocation.answer().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    }
  }
}
