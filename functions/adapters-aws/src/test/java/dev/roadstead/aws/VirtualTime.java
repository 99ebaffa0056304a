package dev.roadstead.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * Time that passes only where a test lets it. Of all tasks one runs at a time; when it lets time
 * pass, the one goes on whose time comes first, and time is then what it waited for. So every run
 * is the same, and takes as long as its work.
 */
final class VirtualTime implements InstantSource {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparingLong(Sleeper::wakesAtMicros).thenComparingLong(Sleeper::number));
  private volatile long nowMicros;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private long sleeps;

  private record Sleeper(long wakesAtMicros, long number, Semaphore wakes) {}

  /**
   * Something to do.
   *
   * @param beginsAfter from now on
   */
  record Task(Duration beginsAfter, Runnable act) {}

  @Override
  public Instant instant() {
    return BEGIN.plusNanos(nowMicros * 1000);
  }

  /** How long it is since the beginning. */
  Duration passed() {
    return Duration.between(BEGIN, instant());
  }

  /** Does all of it, and comes back when the last one has ended. */
  void run(List<Task> tasks) throws InterruptedException {
    var running = new CountDownLatch(tasks.size());
    for (var task : tasks) {
      var sleeper = sleeper(task.beginsAfter());
      Thread.ofVirtual()
          .uncaughtExceptionHandler((thread, wrong) -> failures.add(wrong))
          .start(() -> run(sleeper, task.act(), running));
    }
    wakeNext();
    running.await();
    assertThat(failures).as("tasks that failed").isEmpty();
  }

  private void run(Sleeper sleeper, Runnable act, CountDownLatch running) {
    sleeper.wakes().acquireUninterruptibly();
    try {
      act.run();
    } finally {
      running.countDown();
      wakeNext();
    }
  }

  /** Lets time pass for the task that runs. */
  void pass(Duration time) {
    var sleeper = sleeper(time);
    wakeNext();
    sleeper.wakes().acquireUninterruptibly();
  }

  private synchronized Sleeper sleeper(Duration time) {
    var sleeper = new Sleeper(nowMicros + time.toNanos() / 1000, sleeps++, new Semaphore(0));
    sleepers.add(sleeper);
    return sleeper;
  }

  private synchronized void wakeNext() {
    var next = sleepers.poll();
    if (next != null) {
      nowMicros = next.wakesAtMicros();
      next.wakes().release();
    }
  }
}
