package dev.roadstead.localstack;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills any process of any function of a gateway, whatever it is doing, every few seconds. One that
 * has begun since the last time is left alone, or on a slow machine the second try of a request
 * would be killed as the first one was.
 */
public final class FunctionKiller implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final ProcessHandle gateway;
  private final Random random = new Random(1);
  private final AtomicInteger killed = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private Set<ProcessHandle> lastTime = Set.of();

  private FunctionKiller(ProcessHandle gateway) {
    this.gateway = gateway;
    this.thread = Thread.ofVirtual().start(this::killOnAndOn);
  }

  /** Begins after the first pause. */
  public static FunctionKiller of(ProcessHandle gateway) {
    return new FunctionKiller(gateway);
  }

  /** How many were killed. */
  public int killed() {
    return killed.get();
  }

  private void killOnAndOn() {
    try {
      while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        killOne();
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void killOne() {
    var functions =
        gateway
            .children()
            // Their command lines are too long to be told apart by; no other child is a JVM.
            .filter(each -> each.info().command().orElse("").endsWith("/java"))
            .toList();
    var grown = functions.stream().filter(lastTime::contains).toList();
    lastTime = Set.copyOf(functions);
    if (!grown.isEmpty()) {
      grown.get(random.nextInt(grown.size())).destroyForcibly();
      killed.incrementAndGet();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      throw new AssertionError("interrupted", interrupted);
    }
  }
}
