package dev.roadstead.localstack.runtime;

import dev.roadstead.store.Ids;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** All functions, each with its processes. None is started before it is called. */
public final class Functions implements AutoCloseable {
  /** What a function gets and gives at most: 6 MB, as JSON, and what Lambda adds for itself. */
  public static final int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 + 100;

  private final RuntimeApi api;
  private final Ids ids;
  private final InstantSource clock;
  private final Map<String, FunctionPool> pools = new HashMap<>();

  /**
   * How many processes there are, and for how long.
   *
   * @param maxProcesses of one function; more requests wait
   * @param idle how long a process may have nothing to do
   */
  public record Scale(int maxProcesses, Duration idle) {
    /** What one machine can bear. */
    public static final Scale DEFAULT = new Scale(4, Duration.ofMinutes(1));
  }

  /**
   * These functions.
   *
   * @param functions the package of each, with all that its environment needs, by its name
   */
  public Functions(
      Map<String, FunctionPackage> functions, Scale scale, Ids ids, InstantSource clock) {
    this(functions, scale, ids, clock, line -> {});
  }

  /**
   * The same.
   *
   * @param reader gets every line that a function prints, and must not take long
   */
  public Functions(
      Map<String, FunctionPackage> functions,
      Scale scale,
      Ids ids,
      InstantSource clock,
      Consumer<String> reader) {
    this.api = new RuntimeApi(ids, reader);
    this.ids = ids;
    this.clock = clock;
    functions.forEach(
        (name, code) ->
            pools.put(
                name,
                new FunctionPool(
                    name, scale.maxProcesses(), scale.idle(), pool -> api.start(code, pool))));
  }

  /**
   * Calls a function and waits for its answer.
   *
   * @param event at most {@link #MAX_PAYLOAD_BYTES}
   * @throws InvocationException when it gives none
   * @throws TimeoutException when it takes too long; its process is ended
   */
  public byte[] invoke(String name, byte[] event, Duration limit)
      throws InvocationException, TimeoutException, InterruptedException {
    var pool = Objects.requireNonNull(pools.get(name));
    var invocation =
        new Invocation(
            ids.next().toString(), event, clock.instant().plus(limit), new CompletableFuture<>());
    pool.add(invocation);
    try {
      return invocation.answer().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof InvocationException known) {
        throw known;
      }
      throw new IllegalStateException("an invocation failed in another way", failed.getCause());
    } catch (TimeoutException | InterruptedException gaveUp) {
      pool.abandon(invocation);
      throw gaveUp;
    }
  }

  /** How many processes a function has. */
  public int processes(String name) {
    return Objects.requireNonNull(pools.get(name)).size();
  }

  /** How many of them wait for work. */
  public int idle(String name) {
    return Objects.requireNonNull(pools.get(name)).idle();
  }

  /** How many of them are at work. */
  public int working(String name) {
    return Objects.requireNonNull(pools.get(name)).working();
  }

  /** Ends all processes. */
  @Override
  public void close() {
    pools.values().parallelStream().forEach(FunctionPool::close);
    api.close();
  }
}
