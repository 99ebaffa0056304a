package dev.roadstead.localstack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what events and schedules begin in the cloud. A job that fails or is cut off at the end is
 * lost, as events may be: the protocols do not count on it.
 */
final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("timer").factory());

  private final List<Runnable> lastRuns = new CopyOnWriteArrayList<>();

  /** Runs a job soon. */
  void run(String name, Runnable job) {
    threads.execute(() -> guarded(name, job));
  }

  /** Runs a job again and again, with this pause after each run and before the first. */
  void repeat(String name, Duration pause, Runnable job) {
    long millis = pause.toMillis();
    var _ =
        timer.scheduleWithFixedDelay(
            () -> guarded(name, job), millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The same, and once more at the end. */
  void repeatAndEndWith(String name, Duration pause, Runnable job) {
    repeat(name, pause, job);
    lastRuns.add(() -> guarded(name, job));
  }

  private static void guarded(String name, Runnable job) {
    try {
      job.run();
    } catch (RuntimeException failure) {
      LOG.warn("job failed: name={}", name, failure);
    }
  }

  /** Waits for running jobs, but not for long; then come those that end with another run. */
  @Override
  public void close() {
    timer.shutdown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("jobs cut off at the end");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    lastRuns.forEach(Runnable::run);
  }
}
